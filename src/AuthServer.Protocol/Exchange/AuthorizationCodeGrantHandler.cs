using AuthServer.Core;
using AuthServer.Core.Issuance;
using AuthServer.Protocol.Issuance;
using OpenIddict.Abstractions;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace AuthServer.Protocol.Exchange;

/// <summary>
/// RFC 6749 §4.1.3. OpenIddict and the handlers of this folder have validated the code; this one validates the current
/// state of its user and API.
/// </summary>
internal sealed class AuthorizationCodeGrantHandler(AuthorizationValidator authorizations) : IGrantTypeHandler
{
    public IReadOnlyList<ExchangeRule> Rules => [SubjectIsActive, ExchangeRules.ResourceServerAcceptsTheBinding];

    public TokenIssuance Issue(ExchangeContext context)
    {
        var (subject, code) = (context.Subject!, context.Presented!);
        var scopes = subject.Allowed(code.Authorization!.GrantedScopes);
        return new TokenIssuance(
            new UserTokenDescriptor(context.Client, subject, code.Authorization, scopes)
            {
                Nonce = code.Nonce,
                BoundTo = context.KeyThumbprint,
            },
            context.Now)
        {
            GeneratesRefreshToken =
                scopes.Contains(OpenIddictConstants.Scopes.OfflineAccess)
                && context.Client.AllowsGrantType(GrantTypes.RefreshToken),
        };
    }

    private async ValueTask<OAuthError?> SubjectIsActive(ExchangeContext context, CancellationToken ct)
    {
        context.Subject = await authorizations.FindAsync(context.Client, context.Presented!.Authorization!, ct);
        return context.Subject is null
            ? OAuthError.InvalidGrant("Invalid authorization code")
                .WithDetail("the user, the API or the membership is gone, or the user is blocked")
            : null;
    }
}
