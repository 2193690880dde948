using AuthServer.Core.Authorize;
using AuthServer.Core.Issuance;
using AuthServer.Core.Model;
using AuthServer.Core.Sessions;
using AuthServer.Core.Tenants;
using AuthServer.Core.Users;
using AuthServer.Protocol.Issuance;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace AuthServer.Protocol.Authorize;

/// <summary>
/// Response to an approved request: a code (RFC 6749 §4.1.2), tokens (§4.2.2), or both (OpenID Connect Core §3.3). All
/// belong to one authorization.
/// </summary>
internal sealed class AuthorizationIssuance(Tenant tenant, AuthorizationValidator subjects)
{
    public async Task<TokenIssuance> CreateAsync(
        AuthorizeContext context, SignedIn signedIn, DateTimeOffset now, CancellationToken ct)
    {
        var authorization = AuthorizationOf(context, signedIn, now);
        var subject = await subjects.OfAsync(
            signedIn.User, context.Api, context.RequestedOrganization.Organization, ct);
        var scopes = subject.Allowed(context.Scopes);
        var descriptor = new UserTokenDescriptor(context.Client, subject, authorization, scopes)
        {
            Nonce = context.Parameters["nonce"],
            ForWeb = true,
        };
        return new TokenIssuance(descriptor, now)
        {
            IsNewAuthorization = true,
            PushedRequest = context.Pushed,
            CodeBinding = new AuthorizationCodeBinding(
                context.Parameters.Has("redirect_uri") ? context.RedirectUri : null,
                context.Parameters["code_challenge"],
                context.Parameters["nonce"],
                context.Parameters["dpop_jkt"]),
        };
    }

    private Authorization AuthorizationOf(AuthorizeContext context, SignedIn signedIn, DateTimeOffset now) => new()
    {
        Id = Guid.CreateVersion7(now),
        Type = AuthorizationTypes.AdHoc,
        ApplicationId = context.Client.Id,
        ClientId = context.Client.ClientId,
        UserId = signedIn.User.UserId,
        Subject = SubjectIdentifier.Of(context.Client, signedIn.User.UserId, tenant),
        SessionId = signedIn.Session.Id,
        Audience = context.Audience,
        OrganizationId = context.RequestedOrganization.Organization?.Id,
        GrantedScopes = context.Scopes,
        Claims = context.Parameters.Has("claims") ? context.Claims.Requested : null,
        AuthenticatedAt = signedIn.Session.AuthenticatedAt,
        AuthTimeWanted = context.MaxAge is not null || context.Client.RequireAuthTime || context.Claims.AuthTime,
        CreationDate = now.UtcDateTime,
        ExpiresAt = AuthorizationExpiry.Of(context.Client, context.Api, context.Scopes, now),
    };
}
