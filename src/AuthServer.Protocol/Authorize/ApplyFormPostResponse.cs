using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore;
using Microsoft.AspNetCore.Http;
using OpenIddict.Server;
using OpenIddict.Server.AspNetCore;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace AuthServer.Protocol.Authorize;

/// <summary>
/// OAuth 2.0 Form Post Response Mode; the button is for browsers without JavaScript. Replaces ProcessFormPostResponse,
/// whose script a content security policy can't name.
/// </summary>
internal sealed class ApplyFormPostResponse : IOpenIddictServerHandler<ApplyAuthorizationResponseContext>
{
    private const string Script = "document.forms[0].submit()";
    private static readonly string ScriptHash = Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Script)));

    public static OpenIddictServerHandlerDescriptor Descriptor { get; } = OpenIddictServerHandlerDescriptor
        .CreateBuilder<ApplyAuthorizationResponseContext>()
        .UseSingletonHandler<ApplyFormPostResponse>()
        .SetOrder(OpenIddictServerAspNetCoreHandlers.Authentication.ProcessFormPostResponse.Descriptor.Order)
        .Build();

    public async ValueTask HandleAsync(ApplyAuthorizationResponseContext context)
    {
        if (context.RedirectUri is not { Length: > 0 } redirectUri || context.ResponseMode != ResponseModes.FormPost)
            return;
        var html = new StringBuilder("<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\">");
        html.Append("<title>Signing in</title></head><body>");
        html.Append("<form method=\"post\" action=\"").Append(WebUtility.HtmlEncode(redirectUri)).Append("\">");
        foreach (var (name, value) in context.Response.GetParameters())
        {
            html.Append("<input type=\"hidden\" name=\"").Append(WebUtility.HtmlEncode(name));
            html.Append("\" value=\"").Append(WebUtility.HtmlEncode((string?)value)).Append("\">");
        }

        html.Append("<noscript><button type=\"submit\">Continue</button></noscript></form>");
        html.Append("<script>").Append(Script).Append("</script></body></html>");
        var response = context.Transaction.GetHttpRequest()!.HttpContext.Response;
        response.StatusCode = StatusCodes.Status200OK;
        response.ContentType = "text/html; charset=utf-8";
        response.Headers.ContentSecurityPolicy =
            $"default-src 'none'; script-src 'sha256-{ScriptHash}'; base-uri 'none'; frame-ancestors 'none'";
        await response.WriteAsync(html.ToString(), response.HttpContext.RequestAborted);
        context.HandleRequest();
    }
}
