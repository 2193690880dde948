using AuthServer.Core;
using AuthServer.Core.Clients;
using AuthServer.Core.Issuance;
using AuthServer.Core.Model;
using AuthServer.Core.Organizations;
using AuthServer.Core.Tenants;
using AuthServer.Protocol.Issuance;

namespace AuthServer.Protocol.Exchange;

/// <summary>RFC 6749 §4.4. A client gets what its client grant for the API allows, and nothing without one.</summary>
internal sealed class ClientCredentialsGrantHandler(
    Tenant tenant,
    ExchangeRules rules,
    IClientStore clients,
    IOrganizationStore organizations,
    TokenQuotaRule quotas) : IGrantTypeHandler
{
    public IReadOnlyList<ExchangeRule> Rules =>
    [
        rules.ScopeIsWellFormed,
        rules.ResourceServerIsKnown,
        ResourceServerIsNamed,
        ClientGrantExists,
        OrganizationIsAllowed,
        SomeScopeIsGranted,
        ExchangeRules.ResourceServerAcceptsTheBinding,
        quotas.QuotaIsLeft,
    ];

    public TokenIssuance Issue(ExchangeContext context) => new(
        new ClientTokenDescriptor(
            context.Client, context.Target.Api!, context.GrantedScopes, context.Organization, context.KeyThumbprint),
        context.Now);

    private static ValueTask<OAuthError?> ResourceServerIsNamed(ExchangeContext context, CancellationToken ct) =>
        new(context.Target.Identifier is null
            ? OAuthError.AccessDenied("No audience parameter was provided, and no default audience has been configured")
            : null);

    private async ValueTask<OAuthError?> ClientGrantExists(ExchangeContext context, CancellationToken ct)
    {
        var audience = context.Target.Identifier!;
        context.ClientGrant = await clients.FindGrantAsync(context.Client.ClientId, audience, ct);
        return context.ClientGrant is null
            ? OAuthError.AccessDenied(
                $"Client is not authorized to access '{tenant.Issuer.Absolute(audience)}'. "
                + "You need to create a 'client-grant' associated to this API.")
            : null;
    }

    /// <summary>
    /// The client grant says whether it is for organizations, and for which. A request that names none is for the
    /// client's default.
    /// </summary>
    private async ValueTask<OAuthError?> OrganizationIsAllowed(ExchangeContext context, CancellationToken ct)
    {
        var (client, grant) = (context.Client, context.ClientGrant!);
        var byDefault = grant.OrganizationUsage == OrganizationUsages.Deny ? null : client.DefaultOrganizationId;
        if ((context.Parameters["organization"] ?? byDefault) is not { } named)
        {
            return grant.OrganizationUsage == OrganizationUsages.Require
                ? OAuthError.InvalidRequest("parameter organization is required for this client")
                : null;
        }

        if (grant.OrganizationUsage == OrganizationUsages.Deny)
            return OAuthError.InvalidRequest("parameter organization is not allowed for this client");
        var found = await OrganizationNames.FindAsync(named, tenant, organizations, ct);
        if (!found.Succeeded(out var organization, out var unknown))
            return unknown;
        var isGiven = grant.AllowAnyOrganization
            || await organizations.HasClientGrantAsync(organization.Id, grant.Id, ct);
        if (!isGiven || !(client.IsFirstParty || organization.AllowsThirdParties))
        {
            return OAuthError.AccessDenied(
                $"Client is not authorized to access '{tenant.Issuer.Absolute(grant.Audience)}' "
                + $"in the organization {organization.Id}.");
        }

        context.Organization = organization;
        return null;
    }

    private static ValueTask<OAuthError?> SomeScopeIsGranted(ExchangeContext context, CancellationToken ct)
    {
        var (requested, api) = (context.RequestedScopes, context.Target.Api!);
        var allowed = context.ClientGrant!.AllowsAllScopes
            ? Scopes.Of(api.Scopes.Select(scope => scope.Value))
            : context.ClientGrant.Scope.Where(api.Defines);
        context.GrantedScopes = requested.Count == 0 ? allowed : allowed.Where(requested.Contains);
        return new(requested.Count > 0 && context.GrantedScopes.Count == 0
            ? OAuthError.InvalidScope($"Client has not been granted scopes: {requested}")
            : null);
    }
}
