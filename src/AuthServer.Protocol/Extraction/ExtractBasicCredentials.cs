using System.Net;
using System.Text;
using AuthServer.Core;
using AuthServer.Core.Clients;
using Microsoft.AspNetCore;
using OpenIddict.Server;
using static OpenIddict.Server.AspNetCore.OpenIddictServerAspNetCoreHandlers;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace AuthServer.Protocol.Extraction;

/// <summary>
/// <c>client_secret_basic</c>, RFC 6749 §2.3.1. Both halves are form-encoded before they are joined; many clients send
/// them raw, so that both readings are accepted. Replaces ExtractBasicAuthenticationCredentials, which always decodes.
/// </summary>
internal sealed class ExtractBasicCredentials<TContext>(IClientStore clients) : IOpenIddictServerHandler<TContext>
    where TContext : BaseValidatingContext
{
    private const string Scheme = "Basic ";
    private const int MaxLength = 2048;

    public static OpenIddictServerHandlerDescriptor Descriptor { get; } = OpenIddictServerHandlerDescriptor
        .CreateBuilder<TContext>()
        .UseSingletonHandler<ExtractBasicCredentials<TContext>>()
        .SetOrder(ExtractBasicAuthenticationCredentials<TContext>.Descriptor.Order)
        .Build();

    public async ValueTask HandleAsync(TContext context)
    {
        var http = context.Transaction.GetHttpRequest()!;
        var request = context.Transaction.Request!;
        if (http.Headers.Authorization is not [{ } header]
            || !header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
        {
            return;
        }

        if (request.ClientSecret is not null || request.ClientAssertion is not null)
        {
            context.Reject(OAuthError.InvalidRequest("More than one way of client authentication was used"));
            return;
        }

        if (Split(header) is not var (id, secret))
        {
            context.Reject(OAuthError.InvalidClient("Client authentication failed").WithDetail("malformed header"));
            return;
        }

        var clientId = await FindIdAsync(id, http.HttpContext.RequestAborted);
        context.Transaction.ClaimedClientId = clientId;
        if (request.ClientId is { } named && named != clientId)
        {
            context.Reject(OAuthError.InvalidClient("Client authentication failed")
                .WithDetail("client_id differs from the authenticated client"));
            return;
        }

        (request.ClientId, request.ClientSecret) = (clientId, WebUtility.UrlDecode(secret));
        context.Transaction.RawClientSecret = secret;
    }

    private async ValueTask<string> FindIdAsync(string id, CancellationToken ct)
    {
        var decoded = WebUtility.UrlDecode(id);
        return decoded != id && await clients.FindAsync(decoded, ct) is null ? id : decoded;
    }

    private static (string Id, string Secret)? Split(string header)
    {
        var encoded = header.AsSpan(Scheme.Length).Trim();
        var bytes = new byte[MaxLength];
        if (encoded.Length > MaxLength || !Convert.TryFromBase64Chars(encoded, bytes, out var length))
            return null;
        var text = Encoding.UTF8.GetString(bytes, 0, length);
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        return colon <= 0 ? null : (text[..colon], text[(colon + 1)..]);
    }
}
