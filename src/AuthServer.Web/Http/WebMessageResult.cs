using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using AuthServer.Core.Authorize;

namespace AuthServer.Web.Http;

/// <summary>
/// Auth0's <c>response_mode=web_message</c> (contract A.2): a page that tells the window around it, or the one that opened it, and only while that
/// window has the origin of the redirect URI, which is registered (RFC 9700 §4.17). No other origin may frame it.
/// </summary>
internal sealed class WebMessageResult(AuthorizeResponse response) : IResult
{
    private const string Script =
        "(function(){var m=JSON.parse(document.getElementById('message').textContent);" +
        "var w=window.parent!==window?window.parent:window.opener;" +
        "if(w)w.postMessage({type:'authorization_response',response:m.response},m.origin)})()";

    private static readonly string ScriptHash = Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Script)));

    public Task ExecuteAsync(HttpContext httpContext)
    {
        var origin = new Uri(response.RedirectUri).GetLeftPart(UriPartial.Authority);
        var members = new JsonObject();
        foreach (var (name, value) in response.Parameters)
            members[name] = name == "expires_in" ? JsonNode.Parse(value) : value;

        // The serializer's default escapes <, >, & and everything beyond ASCII: the text can't leave its element.
        var message = JsonSerializer.Serialize(new JsonObject { ["origin"] = origin, ["response"] = members });
        var headers = httpContext.Response.Headers;
        headers.ContentSecurityPolicy = $"default-src 'none'; script-src 'sha256-{ScriptHash}'; base-uri 'none'; form-action 'none'; frame-ancestors {origin}";
        headers.Remove("X-Frame-Options");
        httpContext.Response.ContentType = "text/html; charset=utf-8";
        return httpContext.Response.WriteAsync(
            "<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>Signing in</title></head><body>" +
            $"<script type=\"application/json\" id=\"message\">{message}</script><script>{Script}</script></body></html>");
    }
}
