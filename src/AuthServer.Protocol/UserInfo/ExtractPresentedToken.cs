using AuthServer.Core;
using AuthServer.Core.Dpop;
using AuthServer.Core.Model;
using AuthServer.Core.Tenants;
using AuthServer.Protocol.Dpop;
using AuthServer.Protocol.Extraction;
using Microsoft.AspNetCore;
using Microsoft.AspNetCore.Http;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using static OpenIddict.Server.AspNetCore.OpenIddictServerAspNetCoreHandlers;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace AuthServer.Protocol.UserInfo;

/// <summary>
/// Reads the access token: in the header with the scheme Bearer or DPoP, in a form body, and in the query only where
/// the tenant allows it (RFC 6750 §2, RFC 9449 §7.1, RFC 9700 §4.3.2). Replaces ExtractGetOrPostRequest, which refuses
/// a POST without a form, and ExtractAccessToken.
/// </summary>
internal sealed class ExtractPresentedToken : IOpenIddictServerHandler<ExtractUserInfoRequestContext>
{
    private const string Bearer = "Bearer ";

    public static OpenIddictServerHandlerDescriptor Descriptor { get; } = OpenIddictServerHandlerDescriptor
        .CreateBuilder<ExtractUserInfoRequestContext>()
        .UseSingletonHandler<ExtractPresentedToken>()
        .SetOrder(ExtractGetOrPostRequest<ExtractUserInfoRequestContext>.Descriptor.Order)
        .Build();

    private static OAuthError NotInUrl =>
        OAuthError.InvalidToken("An access token in the URL is refused; send it in the Authorization header.");

    public async ValueTask HandleAsync(ExtractUserInfoRequestContext context)
    {
        var http = context.Transaction.GetHttpRequest()!;
        http.HttpContext.OfferNonce(context.Transaction.Tenant, context.Options.TimeProvider.GetUtcNow());
        var read = await ReadAsync(context.Transaction.Tenant, http, http.HttpContext.RequestAborted);
        if (!read.Succeeded(out var presented, out var error))
        {
            context.Reject(error);
            return;
        }

        context.Transaction.SentAccessToken = presented;
        context.Transaction.Request = new OpenIddictRequest { AccessToken = presented.Value.Reveal() };
    }

    private static async ValueTask<Result<PresentedToken>> ReadAsync(
        Tenant tenant, HttpRequest http, CancellationToken ct)
    {
        var found = new List<string>();
        if (FromHeader(http) is { } inHeader)
            found.Add(inHeader);
        if (HttpMethods.IsPost(http.Method) && http.HasFormContentType)
        {
            var form = await http.ReadOAuthFormAsync(ct);
            if (!form.Succeeded(out var parameters, out var malformed))
                return malformed;
            if (parameters["access_token"] is { } inBody)
                found.Add(inBody);
        }

        if (http.Query["access_token"] is [{ Length: > 0 } inQuery])
        {
            if (!tenant.Settings.Flag(TenantFlags.AllowAccessTokenInQuery))
                return NotInUrl;
            found.Add(inQuery);
        }

        return found switch
        {
            [{ Length: > 0 } one] =>
                new PresentedToken(new Secret(one), http.HasDpopToken() ? http.ReadRequiredProof() : null),
            [_, _, ..] => OAuthError.InvalidRequest("More than one access token was sent"),
            _ => OAuthError.InvalidToken("An access token is required"),
        };
    }

    private static string? FromHeader(HttpRequest http)
    {
        var scheme = http.HasDpopToken() ? DpopRequest.Scheme : Bearer;
        if (http.Headers.Authorization is not [{ } header])
            return null;
        return header.StartsWith(scheme, StringComparison.OrdinalIgnoreCase) ? header[scheme.Length..].Trim() : null;
    }
}
