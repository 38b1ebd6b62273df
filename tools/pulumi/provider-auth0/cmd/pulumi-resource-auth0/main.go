// pulumi-resource-auth0 is the resource plugin that the engine starts.
package main

import (
	_ "embed"

	"github.com/pulumi/pulumi-terraform-bridge/v3/pkg/tfbridge"

	auth0 "rolewright.invalid/pulumi/provider-auth0"
)

// There is no such file here: ../../../build.mjs generates it and lays it over this folder (go build -overlay).
//
//go:embed schema.json
var schema []byte

func main() { tfbridge.Main(auth0.Name, auth0.Version, auth0.Provider(), schema) }
