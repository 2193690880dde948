using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using AuthServer.Core.Authorize;
using AuthServer.Protocol.Responses;
using Microsoft.AspNetCore;
using Microsoft.AspNetCore.Http;
using OpenIddict.Server;
using OpenIddict.Server.AspNetCore;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace AuthServer.Protocol.Authorize;

/// <summary>
/// Auth0's <c>response_mode=web_message</c>: a page that posts the response to the window around it, or the one that
/// opened it, and only while that window has the origin of the redirect URI, which is registered (RFC 9700 §4.17). No
/// other origin may frame it.
/// </summary>
internal sealed class ApplyWebMessageResponse : IOpenIddictServerHandler<ApplyAuthorizationResponseContext>
{
    private const string Script =
        "(function(){var m=JSON.parse(document.getElementById('message').textContent);" +
        "var w=window.parent!==window?window.parent:window.opener;" +
        "if(w)w.postMessage({type:'authorization_response',response:m.response},m.origin)})()";

    private static readonly string ScriptHash = Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Script)));

    public static OpenIddictServerHandlerDescriptor Descriptor { get; } = OpenIddictServerHandlerDescriptor
        .CreateBuilder<ApplyAuthorizationResponseContext>()
        .UseSingletonHandler<ApplyWebMessageResponse>()
        .SetOrder(OpenIddictServerAspNetCoreHandlers.Authentication.ProcessFormPostResponse.Descriptor.Order - 500)
        .Build();

    public async ValueTask HandleAsync(ApplyAuthorizationResponseContext context)
    {
        if (context.ResponseMode != AuthorizeVocabulary.WebMessage
            || context.RedirectUri is not { Length: > 0 } redirectUri)
            return;
        var origin = new Uri(redirectUri).GetLeftPart(UriPartial.Authority);

        // The serializer's default escapes <, >, & and everything beyond ASCII: the text can't leave its element.
        var message = JsonSerializer.Serialize(new JsonObject
        {
            ["origin"] = origin,
            ["response"] = JsonNode.Parse(JsonSerializer.Serialize(context.Response)),
        });
        var response = context.Transaction.GetHttpRequest()!.HttpContext.Response;
        response.SetOpenerPolicy(context.Transaction.Parameters);
        response.StatusCode = StatusCodes.Status200OK;
        response.ContentType = "text/html; charset=utf-8";
        response.Headers.Remove("X-Frame-Options");
        response.Headers.ContentSecurityPolicy =
            $"default-src 'none'; script-src 'sha256-{ScriptHash}'; base-uri 'none'; form-action 'none'; "
            + $"frame-ancestors {origin}";
        await response.WriteAsync(
            "<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>Signing in</title></head><body>" +
            $"<script type=\"application/json\" id=\"message\">{message}</script>" +
            $"<script>{Script}</script></body></html>",
            response.HttpContext.RequestAborted);
        context.HandleRequest();
    }
}
