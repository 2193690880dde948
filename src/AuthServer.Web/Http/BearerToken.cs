using AuthServer.Core;

namespace AuthServer.Web.Http;

/// <summary>A bearer token in the header, or in a form body; in the query only where the tenant allows it (RFC 6750 §2, RFC 9700 §4.3.2).</summary>
internal static class BearerToken
{
    private const string Scheme = "Bearer ";

    public static string? AuthorizationHeader(this HttpRequest http) => http.Headers.Authorization is [{ Length: > 0 } header] ? header : null;

    public static async Task<Result<Secret>> ReadAsync(HttpRequest http, bool allowQuery, CancellationToken ct)
    {
        var found = new List<string>();
        if (http.AuthorizationHeader() is { } header && header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
            found.Add(header[Scheme.Length..].Trim());
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
            if (!allowQuery)
                return OAuthError.InvalidToken("An access token in the URL is refused; send it in the Authorization header.");
            found.Add(inQuery);
        }

        return found switch
        {
            [{ Length: > 0 } one] => new Secret(one),
            [_, _, ..] => OAuthError.InvalidRequest("More than one access token was sent"),
            _ => OAuthError.InvalidToken("An access token is required"),
        };
    }

    /// <summary>RFC 6750 §3.</summary>
    public static IResult Challenge(OAuthError error) => new ChallengeResult(error);

    private sealed class ChallengeResult(OAuthError error) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.Headers.WWWAuthenticate =
                $"Bearer realm=\"AuthServer\", error=\"{error.Code}\", error_description=\"{error.Description}\"";
            return error.ToHttp().ExecuteAsync(httpContext);
        }
    }
}
