using System.Globalization;
using AuthServer.Core.Authorizations;
using AuthServer.Core.Issuance;
using AuthServer.Core.Sessions;
using AuthServer.Core.Tenants;
using AuthServer.Core.Users;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace AuthServer.Core.Authorize;

/// <summary>
/// What an approved request is answered with: a code (RFC 6749 §4.1.2), tokens (§4.2.2), or both (OpenID Connect Core §3.3). All
/// hang on one authorization, and are signed before anything is stored.
/// </summary>
public sealed class FrontChannel(
    Tenant tenant, TokenIssuer issuer, AuthorizationValidator subjects, IIssuanceStore store)
{
    /// <returns>Null when the request was pushed and another answer to it was first: nothing is stored then.</returns>
    public async Task<List<KeyValuePair<string, string>>?> AnswerAsync(AuthorizeContext context, SignedIn signedIn, DateTimeOffset now, CancellationToken ct)
    {
        var type = context.ResponseType;
        var authorization = AuthorizationOf(context, signedIn, now);
        var subject = await subjects.OfAsync(signedIn.User, context.Api, context.Within.Organization, ct);
        var wanted = new UserTokenDescriptor(context.Client, subject, authorization, subject.Allowed(context.Scopes))
        {
            Nonce = context.Parameters["nonce"],
            ForWeb = true,
        };

        var code = type.Code ? OpaqueToken.Create() : null;
        var access = type.Token ? issuer.IssueAccessToken(wanted, now) : null;
        var idToken = type.IdToken ? issuer.IssueIdToken(wanted, IdTokenHashes.Of(access?.AccessToken, code), now) : null;
        Token?[] tokens = [code is null ? null : CodeOf(context, authorization, code, now), access?.Stored];
        var created = new NewAuthorization(authorization, [.. tokens.OfType<Token>()])
        {
            PushedRequest = context.Pushed,
        };
        if (!await store.TryAddAsync(created, ct))
            return null;

        var answer = new List<KeyValuePair<string, string>>();
        if (code is not null)
            answer.Add(new("code", code.Reveal()));
        if (access is not null)
        {
            answer.Add(new("access_token", access.AccessToken.Reveal()));
            answer.Add(new("expires_in", access.ExpiresIn.ToString(CultureInfo.InvariantCulture)));
            answer.Add(new("token_type", "Bearer"));

            // RFC 6749 §4.2.2: said when it is not what was asked for.
            if (!access.Scopes.ToString().Equals(context.Parameters["scope"] ?? "", StringComparison.Ordinal))
                answer.Add(new("scope", access.Scopes.ToString()));
        }

        if (idToken is not null)
            answer.Add(new("id_token", idToken.Reveal()));
        return answer;
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
        OrganizationId = context.Within.Organization?.Id,
        GrantedScopes = context.Scopes,
        Claims = context.Parameters.Has("claims") ? context.Claims.Requested : null,
        AuthenticatedAt = signedIn.Session.AuthenticatedAt,
        AuthTimeWanted = context.MaxAge is not null || context.Client.RequireAuthTime || context.Claims.AuthTime,
        CreationDate = now.UtcDateTime,
        ExpiresAt = AuthorizationExpiry.Of(context.Client, context.Api, context.Scopes, now),
    };

    private static Token CodeOf(
        AuthorizeContext context, Authorization authorization, Secret code, DateTimeOffset now) => new()
        {
            Id = Guid.CreateVersion7(now),
            Type = TokenTypeIdentifiers.Private.AuthorizationCode,
            ReferenceId = code.Hash().ReferenceId,
            ApplicationId = authorization.ApplicationId,
            AuthorizationId = authorization.Id,
            Subject = authorization.Subject,
            RedirectUri = context.Parameters.Has("redirect_uri") ? context.RedirectUri : null,
            CodeChallenge = context.Parameters["code_challenge"],
            Nonce = context.Parameters["nonce"],
            KeyThumbprint = context.Parameters["dpop_jkt"],
            CreationDate = now.UtcDateTime,
            ExpirationDate = (now + AuthorizationCodes.Lifetime).UtcDateTime,
        };
}
