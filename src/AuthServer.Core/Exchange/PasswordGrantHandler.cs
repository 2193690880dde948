using AuthServer.Core.Authorizations;
using AuthServer.Core.Clients;
using AuthServer.Core.Connections;
using AuthServer.Core.Dpop;
using AuthServer.Core.Issuance;
using AuthServer.Core.Organizations;
using AuthServer.Core.Resources;
using AuthServer.Core.Tenants;
using AuthServer.Core.Users;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace AuthServer.Core.Exchange;

/// <summary>
/// RFC 6749 §4.3 in Auth0's two forms (B4): <c>password</c> asks the tenant's default directory, <c>password-realm</c> the one that it
/// names. Behind the budgets of the login page, and every failure of the user's has one answer, a locked account's too.
/// </summary>
public abstract class PasswordGrantHandler(Tenant tenant, PasswordGrantStores stores, PasswordLogin login, TokenIssuer issuer, AuthorizationValidator subjects) : IGrantHandler
{
    public abstract string GrantType { get; }

    public async Task<Result<IssuedTokens>> HandleAsync(TokenRequest request, CancellationToken ct)
    {
        var (client, parameters, now) = request;

        // Somebody else's application must not see a password (mission D6).
        if (!client.IsFirstParty)
            return OAuthError.UnauthorizedClient($"Grant type '{GrantType}' not allowed for the client.");
        if (parameters.Has("organization") || client.OrganizationUsage == OrganizationUsages.Require)
            return OAuthError.InvalidRequest("A password can't be exchanged for tokens of an organization");
        if (!parameters.TryGet("username", out var username))
            return OAuthError.InvalidRequest("Missing required parameter: username");
        if (!parameters.TryGet("password", out var password))
            return OAuthError.InvalidRequest("Missing required parameter: password");
        if (!Scopes.Parse(parameters["scope"]).Succeeded(out var asked, out var malformed))
            return malformed;
        var named = ConnectionName(parameters, tenant.Settings);
        if (!named.Succeeded(out var name, out var unnamed))
            return unnamed;
        if (await FindConnectionAsync(client, name, ct) is not { } connection)
            return OAuthError.InvalidRequest("The connection was not found or is not enabled for this client");

        var target = await RequestedApi.FindAsync(parameters, tenant, stores.Apis, ct);
        if (target.Refusal is { } unknown)
            return unknown;
        var api = target.Api;
        if (target.Identifier is { } audience && api is null)
            return OAuthError.AccessDenied($"Service not found: {tenant.Issuer.Absolute(audience)}");
        if (api is { IsSystem: true })
            return OAuthError.AccessDenied($"Client is not authorized to access resource server {tenant.Issuer.Absolute(api.Identifier)} on behalf of a user.");
        if (DpopProofs.Missing(request.BoundTo, client, api) is { } missing)
            return missing;

        if (await login.TryAsync(new PasswordAttempt(client, connection, username, password, request.Address), now, ct) is not { } user)
            return OAuthError.InvalidGrant("Wrong email or password.");
        return await IssueAsync(request, await subjects.OfAsync(user, api, organization: null, ct), asked, ct);
    }

    protected abstract Result<string> ConnectionName(RequestParameters parameters, TenantSettings settings);

    private async Task<Connection?> FindConnectionAsync(Client client, string name, CancellationToken ct) =>
        (await stores.Connections.ForClientAsync(client.ClientId, ct)).FirstOrDefault(connection => connection.IsDatabaseOf(name));

    private async Task<Result<IssuedTokens>> IssueAsync(TokenRequest request, AuthorizationSubject subject, Scopes asked, CancellationToken ct)
    {
        var (client, _, now) = request;
        var scopes = subject.Allowed(asked).Where(scope => scope != "offline_access" || client.AllowsGrantType("refresh_token"));
        var authorization = new Authorization
        {
            Id = Guid.CreateVersion7(now),
            Type = AuthorizationTypes.AdHoc,
            ApplicationId = client.Id,
            ClientId = client.ClientId,
            UserId = subject.User.UserId,
            Subject = SubjectIdentifier.Of(client, subject.User.UserId, tenant),
            Audience = subject.Api?.Identifier,
            GrantedScopes = scopes,
            AuthenticatedAt = now,
            CreationDate = now.UtcDateTime,
            ExpiresAt = AuthorizationExpiry.Of(client, subject.Api, scopes, now),
        };
        var refreshToken = scopes.Contains("offline_access")
            ? NewRefreshToken.For(authorization, client.RefreshTokens, request.RefreshTokenBoundTo, now)
            : null;
        var wanted = new UserTokenDescriptor(client, subject, authorization, scopes)
        {
            GrantType = "password",
            RefreshToken = refreshToken?.Value,
            BoundTo = request.BoundTo,
        };
        var issued = issuer.IssueForUser(wanted, now);
        await stores.Issuance.TryAddAsync(new NewAuthorization(authorization, issued.StoredWith(refreshToken)), ct);
        return issued;
    }
}

/// <summary>The stores that a password is exchanged with.</summary>
public sealed record PasswordGrantStores(IConnectionStore Connections, IResourceServerStore Apis, IIssuanceStore Issuance);

/// <summary><c>password</c>.</summary>
public sealed class DefaultDirectoryGrantHandler(Tenant tenant, PasswordGrantStores stores, PasswordLogin login, TokenIssuer issuer, AuthorizationValidator subjects) : PasswordGrantHandler(tenant, stores, login, issuer, subjects)
{
    public override string GrantType => "password";

    /// <summary>What is missing here is the operator's to set; a 400, because the server is well.</summary>
    protected override Result<string> ConnectionName(RequestParameters parameters, TenantSettings settings) =>
        settings.DefaultDirectory is { } directory ? directory : OAuthError.InvalidRequest("Authorization server not configured with default connection.");
}

/// <summary><c>http://auth0.com/oauth/grant-type/password-realm</c>.</summary>
public sealed class PasswordRealmGrantHandler(Tenant tenant, PasswordGrantStores stores, PasswordLogin login, TokenIssuer issuer, AuthorizationValidator subjects) : PasswordGrantHandler(tenant, stores, login, issuer, subjects)
{
    public override string GrantType => "http://auth0.com/oauth/grant-type/password-realm";

    protected override Result<string> ConnectionName(RequestParameters parameters, TenantSettings settings) =>
        parameters["realm"] is { } realm ? realm : OAuthError.InvalidRequest("Missing required parameter: realm");
}
