using System.Buffers;
using System.Text.Json;
using AuthServer.Core.Issuance;

namespace AuthServer.Web.Http;

/// <summary>The success of RFC 6749 §5.1, members in Auth0's order (contract A.3). What does not apply is absent, never null.</summary>
public sealed class TokenResponse(IssuedTokens tokens) : IResult
{
    public static IResult From(IssuedTokens tokens) => new TokenResponse(tokens);

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var body = new ArrayBufferWriter<byte>(2048);
        using (var json = new Utf8JsonWriter(body))
        {
            json.WriteStartObject();
            json.WriteString("access_token", tokens.AccessToken.Reveal());
            if (tokens.RefreshToken is not null)
                json.WriteString("refresh_token", tokens.RefreshToken.Reveal());
            if (tokens.IdToken is not null)
                json.WriteString("id_token", tokens.IdToken.Reveal());
            if (tokens.Scopes.Count > 0)
                json.WriteString("scope", tokens.Scopes.ToString());
            json.WriteNumber("expires_in", tokens.ExpiresIn);
            json.WriteString("token_type", tokens.IsBound ? "DPoP" : "Bearer");
            json.WriteEndObject();
        }

        var response = httpContext.Response;
        response.ContentType = "application/json";
        response.ContentLength = body.WrittenCount;
        response.Headers.CacheControl = "no-store";
        response.Headers.Pragma = "no-cache";
        await response.BodyWriter.WriteAsync(body.WrittenMemory, httpContext.RequestAborted);
    }
}
