using System.Security.Claims;
using System.Text.Json;
using AuthServer.Core.Authorize;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;
using static OpenIddict.Server.OpenIddictServerHandlers;

namespace AuthServer.Protocol.Authorize;

/// <summary>
/// Finds a pushed request by its reference and makes the principal of its row from which OpenIddict restores the
/// parameters. It is not redeemed before it is answered: its pages may be loaded again (FAPI 2.0 §5.3.2.2).
/// </summary>
internal sealed class ReadPushedRequest(AuthorizationRequests requests) : IOpenIddictServerHandler<ValidateTokenContext>
{
    private const string PushedType = "pushed_authorization_request";

    public static OpenIddictServerHandlerDescriptor Descriptor { get; } = OpenIddictServerHandlerDescriptor
        .CreateBuilder<ValidateTokenContext>()
        .UseScopedHandler<ReadPushedRequest>()
        .SetOrder(Protection.ValidateReferenceTokenIdentifier.Descriptor.Order - 500)
        .Build();

    public async ValueTask HandleAsync(ValidateTokenContext context)
    {
        var isWanted = context.ValidTokenTypes.Contains(TokenTypeIdentifiers.Private.RequestToken);
        if (!isWanted || context.Transaction.PendingAuthorization is not { } pending)
            return;
        if (!(await requests.OpenAsync(pending, context.CancellationToken)).Succeeded(out var opened, out var unknown))
        {
            context.Reject(unknown);
            return;
        }

        context.Transaction.PushedRequest = opened;
        context.Transaction.Parameters = opened.Parameters;
        context.IsReferenceToken = true;
        context.Principal = PrincipalOf(opened);

        // As in ReadStoredToken.
        context.TokenValidationParameters = context.Options.TokenValidationParameters;
    }

    private static ClaimsPrincipal PrincipalOf(OpenedRequest opened)
    {
        var request = AuthorizationRequestParameters.ToRequest(opened.Parameters);
        var identity = new ClaimsIdentity(nameof(ReadPushedRequest), Claims.Subject, Claims.Role)
            .SetTokenType(TokenTypeIdentifiers.Private.RequestToken)
            .SetClaim(Claims.Private.RequestTokenType, PushedType)
            .SetClaim(Claims.Private.RequestParameters, JsonSerializer.Serialize(request));
        return new ClaimsPrincipal(identity);
    }
}
