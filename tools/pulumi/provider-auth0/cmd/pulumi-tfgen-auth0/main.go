// pulumi-tfgen-auth0 writes the package schema that pulumi-resource-auth0 embeds.
package main

import (
	"github.com/pulumi/pulumi-terraform-bridge/v3/pkg/tfgen"

	auth0 "rolewright.invalid/pulumi/provider-auth0"
)

func main() { tfgen.Main(auth0.Name, auth0.Version, auth0.Provider()) }
