// Package shim hands out what Auth0's Terraform provider keeps in an internal package.
package shim

import (
	"github.com/auth0/terraform-provider-auth0/internal/provider"
	"github.com/hashicorp/terraform-plugin-sdk/v2/helper/schema"
)

// NewProvider is the Terraform provider, not configured.
func NewProvider() *schema.Provider { return provider.New() }
