using AuthServer.Core;
using AuthServer.Core.Connections;
using AuthServer.Core.Issuance;
using AuthServer.Core.Model;
using AuthServer.Core.Tenants;
using AuthServer.Core.Users;
using AuthServer.Protocol.Issuance;
using OpenIddict.Abstractions;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace AuthServer.Protocol.Exchange;

/// <summary>Services of both password grant types.</summary>
internal sealed record PasswordGrantServices(
    Tenant Tenant,
    ExchangeRules Rules,
    IConnectionStore Connections,
    PasswordLogin Login,
    AuthorizationValidator Authorizations);

/// <summary>
/// RFC 6749 §4.3 in Auth0's two forms: <c>password</c> uses the tenant's default directory, <c>password-realm</c> the
/// one that it names. Behind the limits of the login page; every failure of the user's has one answer, a locked
/// account's too.
/// </summary>
internal abstract class PasswordGrantHandler(PasswordGrantServices services) : IGrantTypeHandler
{
    private Connection? connection;
    private PasswordVersion? verified;

    public IReadOnlyList<ExchangeRule> Rules =>
    [
        ClientIsFirstParty,
        NoOrganizationIsInvolved,
        CredentialsArePresent,
        services.Rules.ScopeIsWellFormed,
        ConnectionIsEnabled,
        services.Rules.ResourceServerIsKnown,
        ResourceServerIsForUsers,
        ExchangeRules.ResourceServerAcceptsTheBinding,
        PasswordIsRight,
    ];

    public TokenIssuance Issue(ExchangeContext context)
    {
        var (client, subject, now) = (context.Client, context.Subject!, context.Now);
        var scopes = subject.Allowed(context.RequestedScopes)
            .Where(scope => scope != OpenIddictConstants.Scopes.OfflineAccess
                || client.AllowsGrantType(GrantTypes.RefreshToken));
        var authorization = new Authorization
        {
            Id = Guid.CreateVersion7(now),
            Type = AuthorizationTypes.AdHoc,
            ApplicationId = client.Id,
            ClientId = client.ClientId,
            UserId = subject.User.UserId,
            Subject = SubjectIdentifier.Of(client, subject.User.UserId, services.Tenant),
            Audience = subject.Api?.Identifier,
            GrantedScopes = scopes,
            AuthenticatedAt = now,
            CreationDate = now.UtcDateTime,
            ExpiresAt = AuthorizationExpiry.Of(client, subject.Api, scopes, now),
        };
        return new TokenIssuance(
            new UserTokenDescriptor(client, subject, authorization, scopes)
            {
                GrantType = GrantTypes.Password,
                BoundTo = context.KeyThumbprint,
            },
            now)
        {
            IsNewAuthorization = true,
            Password = verified,
            GeneratesRefreshToken = scopes.Contains(OpenIddictConstants.Scopes.OfflineAccess),
        };
    }

    protected abstract Result<string> ConnectionName(RequestParameters parameters, TenantSettings settings);

    /// <summary>A third party's application must not see a password.</summary>
    private ValueTask<OAuthError?> ClientIsFirstParty(ExchangeContext context, CancellationToken ct) =>
        new(context.Client.IsFirstParty
            ? null
            : OAuthError.UnauthorizedClient(
                $"Grant type '{context.Parameters["grant_type"]}' not allowed for the client."));

    private static ValueTask<OAuthError?> NoOrganizationIsInvolved(ExchangeContext context, CancellationToken ct) =>
        new(context.Parameters.Has("organization") || context.Client.OrganizationUsage == OrganizationUsages.Require
            ? OAuthError.InvalidRequest("A password can't be exchanged for tokens of an organization")
            : null);

    private static ValueTask<OAuthError?> CredentialsArePresent(ExchangeContext context, CancellationToken ct) =>
        new(Array.Find(["username", "password"], name => !context.Parameters.Has(name)) is { } missing
            ? OAuthError.InvalidRequest($"Missing required parameter: {missing}")
            : null);

    private async ValueTask<OAuthError?> ConnectionIsEnabled(ExchangeContext context, CancellationToken ct)
    {
        if (!ConnectionName(context.Parameters, services.Tenant.Settings).Succeeded(out var name, out var unnamed))
            return unnamed;
        var enabled = await services.Connections.ForClientAsync(context.Client.ClientId, ct);
        connection = enabled.FirstOrDefault(candidate => candidate.IsDatabaseOf(name));
        return connection is null
            ? OAuthError.InvalidRequest("The connection was not found or is not enabled for this client")
            : null;
    }

    private ValueTask<OAuthError?> ResourceServerIsForUsers(ExchangeContext context, CancellationToken ct) =>
        new(context.Target.Api is { IsSystem: true } api
            ? OAuthError.AccessDenied("Client is not authorized to access resource server "
                + $"{services.Tenant.Issuer.Absolute(api.Identifier)} on behalf of a user.")
            : null);

    private async ValueTask<OAuthError?> PasswordIsRight(ExchangeContext context, CancellationToken ct)
    {
        var (username, password) = (context.Parameters["username"]!, context.Parameters["password"]!);
        var attempt = new PasswordAttempt(context.Client, [connection!], username, password, context.Address);
        if (await services.Login.TryAsync(attempt, context.Now, begin: null, ct) is not { } signIn)
            return LostIssuance.WrongPassword;
        verified = signIn.Password;
        context.Subject =
            await services.Authorizations.OfAsync(signIn.User, context.Target.Api, organization: null, ct);
        return null;
    }
}

/// <summary><c>password</c>.</summary>
internal sealed class DefaultDirectoryGrantHandler(PasswordGrantServices services) : PasswordGrantHandler(services)
{
    /// <summary>Missing settings are the operator's to add; a 400, because the server works.</summary>
    protected override Result<string> ConnectionName(RequestParameters parameters, TenantSettings settings) =>
        settings.DefaultDirectory is { } directory
            ? directory
            : OAuthError.InvalidRequest("Authorization server not configured with default connection.");
}

/// <summary><c>http://auth0.com/oauth/grant-type/password-realm</c>.</summary>
internal sealed class PasswordRealmGrantHandler(PasswordGrantServices services) : PasswordGrantHandler(services)
{
    protected override Result<string> ConnectionName(RequestParameters parameters, TenantSettings settings) =>
        parameters["realm"] is { } realm ? realm : OAuthError.InvalidRequest("Missing required parameter: realm");
}
