using AuthServer.Core.Clients;
using AuthServer.Core.Dpop;
using AuthServer.Core.Issuance;
using AuthServer.Core.Organizations;
using AuthServer.Core.Resources;
using AuthServer.Core.Tenants;

namespace AuthServer.Core.Exchange;

/// <summary>RFC 6749 §4.4. A client gets what its client grant for the API says, and nothing without one.</summary>
public sealed class ClientCredentialsGrantHandler(Tenant tenant, IClientStore clients, IResourceServerStore apis, IOrganizationStore organizations, TokenIssuer issuer) : IGrantHandler
{
    public string GrantType => "client_credentials";

    public async Task<Result<IssuedTokens>> HandleAsync(TokenRequest request, CancellationToken ct)
    {
        var (client, parameters, now) = request;

        if (client.IsPublic)
            return OAuthError.UnauthorizedClient("Grant type 'client_credentials' not allowed for the client.");
        if (!Scopes.Parse(parameters["scope"]).Succeeded(out var asked, out var malformed))
            return malformed;

        var target = await RequestedApi.FindAsync(parameters, tenant, apis, ct);
        if (target.Refusal is { } refused)
            return refused;
        if (target.Identifier is not { } audience)
            return OAuthError.AccessDenied("No audience parameter was provided, and no default audience has been configured");
        if (target.Api is not { } api)
            return OAuthError.AccessDenied($"Service not found: {tenant.Issuer.Absolute(audience)}");
        if (await clients.FindGrantAsync(client.ClientId, audience, ct) is not { } grant)
        {
            return OAuthError.AccessDenied(
                $"Client is not authorized to access '{tenant.Issuer.Absolute(audience)}'. You need to create a 'client-grant' associated to this API.");
        }

        Organization? organization = null;
        if (parameters["organization"] is { } named)
        {
            if (!(await FindOrganizationAsync(named, client, grant, ct)).Succeeded(out organization, out var unfit))
                return unfit;
        }
        else if (grant.OrganizationUsage == OrganizationUsages.Require)
        {
            return OAuthError.InvalidRequest("parameter organization is required for this client");
        }

        var granted = grant.Scope.Where(scope => (asked.Count == 0 || asked.Contains(scope)) && api.Defines(scope));
        if (asked.Count > 0 && granted.Count == 0)
            return OAuthError.InvalidScope($"Client has not been granted scopes: {asked}");
        if (DpopProofs.Missing(request.BoundTo, client, api) is { } missing)
            return missing;
        return issuer.IssueForClient(new ClientTokenDescriptor(client, api, granted, organization, request.BoundTo), now);
    }

    /// <summary>The client grant says whether it is for organizations, and for which.</summary>
    private async Task<Result<Organization>> FindOrganizationAsync(string named, Client client, ClientGrant grant, CancellationToken ct)
    {
        if (grant.OrganizationUsage == OrganizationUsages.Deny)
            return OAuthError.InvalidRequest("parameter organization is not allowed for this client");
        if (!(await OrganizationNames.FindAsync(named, tenant, organizations, ct)).Succeeded(out var organization, out var unknown))
            return unknown;
        var given = grant.AllowAnyOrganization || await organizations.HasClientGrantAsync(organization.Id, grant.Id, ct);
        return given && (client.IsFirstParty || organization.AllowsThirdParties)
            ? organization
            : OAuthError.AccessDenied($"Client is not authorized to access '{tenant.Issuer.Absolute(grant.Audience)}' in the organization {organization.Id}.");
    }
}
