using AuthServer.Core;
using AuthServer.Core.Dpop;

namespace AuthServer.Web.Http;

/// <summary>
/// An access token in the header, with the scheme Bearer or DPoP; a bearer token also in a form body, and in the query only where the
/// tenant allows it (RFC 6750 §2, RFC 9449 §7.1, RFC 9700 §4.3.2).
/// </summary>
internal static class BearerToken
{
    private const string Scheme = "Bearer ";

    public static string? AuthorizationHeader(this HttpRequest http) => http.Headers.Authorization is [{ Length: > 0 } header] ? header : null;

    public static async Task<Result<PresentedToken>> ReadAsync(HttpRequest http, bool allowQuery, CancellationToken ct)
    {
        var found = new List<string>();
        var bound = http.AuthorizationHeader()?.StartsWith(DpopHeaders.Scheme, StringComparison.OrdinalIgnoreCase) == true;
        if (http.AuthorizationHeader() is { } header && (bound || header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)))
            found.Add(header[(bound ? DpopHeaders.Scheme : Scheme).Length..].Trim());
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
            [{ Length: > 0 } one] => new PresentedToken(new Secret(one), bound ? http.ProofOrNone() : null),
            [_, _, ..] => OAuthError.InvalidRequest("More than one access token was sent"),
            _ => OAuthError.InvalidToken("An access token is required"),
        };
    }

    /// <summary>RFC 6750 §3; in the words of DPoP for who came with that. At a resource a wrong proof is a 401 (RFC 9449 §7.1).</summary>
    public static IResult Challenge(OAuthError error) => new ChallengeResult(error);

    private sealed class ChallengeResult(OAuthError error) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            var bound = httpContext.Request.AuthorizationHeader()?.StartsWith(DpopHeaders.Scheme, StringComparison.OrdinalIgnoreCase) == true;
            httpContext.Response.Headers.WWWAuthenticate = bound
                ? DpopHeaders.Challenge(error)
                : $"Bearer realm=\"AuthServer\", error=\"{error.Code}\", error_description=\"{error.Description}\"";
            return error.ToHttp(error.Code is "invalid_dpop_proof" or "use_dpop_nonce" ? StatusCodes.Status401Unauthorized : OAuthHttp.StatusOf(error)).ExecuteAsync(httpContext);
        }
    }
}
