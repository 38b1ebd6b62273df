// Package auth0 maps Auth0's Terraform provider to the Pulumi package `auth0`, as the official plugin does.
package auth0

import (
	"github.com/auth0/terraform-provider-auth0/shim"
	"github.com/pulumi/pulumi-terraform-bridge/v3/pkg/tfbridge"
	"github.com/pulumi/pulumi-terraform-bridge/v3/pkg/tfbridge/tokens"
	shimv2 "github.com/pulumi/pulumi-terraform-bridge/v3/pkg/tfshim/sdk-v2"
)

const (
	// Name of the Pulumi package.
	Name = "auth0"
	// Version that the plugin says it has: the one that the npm package @pulumi/auth0 asks the engine for.
	Version = "3.49.0"
)

// Provider describes the package. Whatever changes behaviour is as in the official plugin 3.49.0, except for what
// tools/pulumi/README.md lists.
func Provider() tfbridge.ProviderInfo {
	managedByPulumi := map[string]*tfbridge.SchemaInfo{
		"description": {Default: &tfbridge.DefaultInfo{Value: "Managed by Pulumi"}},
	}
	provider := tfbridge.ProviderInfo{
		P:           shimv2.NewProvider(shim.NewProvider()),
		Name:        Name,
		DisplayName: "Auth0",
		Description: "A Pulumi package for creating and managing auth0 cloud resources.",
		License:     "Apache-2.0",
		Repository:  "https://github.com/pulumi/pulumi-auth0",
		GitHubOrg:   "auth0",
		Version:     Version,
		// Not empty, so that the schema is generated without looking for the provider's documentation.
		UpstreamRepoPath: ".",
		Config: map[string]*tfbridge.SchemaInfo{
			"debug": {Default: &tfbridge.DefaultInfo{EnvVars: []string{"AUTH0_DEBUG"}}},
		},
		Resources: map[string]*tfbridge.ResourceInfo{
			"auth0_client": {Fields: managedByPulumi},
			"auth0_role":   {Fields: managedByPulumi},
		},
		EnableZeroDefaultSchemaVersion: true,
		EnableAccurateBridgePreview:    true,
	}
	provider.MustComputeTokens(tokens.SingleModule("auth0_", "index", tokens.MakeStandard(Name)))
	provider.SetAutonaming(255, "-")
	return provider
}
