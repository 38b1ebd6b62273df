// Go lets only packages below github.com/auth0/terraform-provider-auth0 import that module's internal/provider. So
// this nested module takes such a name; ../go.mod replaces it by this folder. It has no go.sum: it is never built alone.
module github.com/auth0/terraform-provider-auth0/shim

go 1.24.0

require github.com/auth0/terraform-provider-auth0 v1.0.0
