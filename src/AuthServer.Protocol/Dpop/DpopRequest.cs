using AuthServer.Core.Dpop;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace AuthServer.Protocol.Dpop;

/// <summary>DPoP in the headers of a request, RFC 9449.</summary>
public static class DpopRequest
{
    public const string ProofHeader = "DPoP";
    public const string NonceHeader = "DPoP-Nonce";

    /// <summary>The authentication scheme of a bound access token, with the space behind it.</summary>
    public const string Scheme = "DPoP ";

    /// <summary>The proof as it was sent; null when there is no such header.</summary>
    public static SentProof? ReadProof(this HttpRequest http) => http.Headers.ContainsKey(ProofHeader) ? http.ReadRequiredProof() : null;

    /// <summary>For a token with the scheme DPoP, where a missing proof is an error.</summary>
    public static SentProof ReadRequiredProof(this HttpRequest http) =>
        new([.. http.Headers[ProofHeader].Select(value => value ?? "")], http.Method, PathOf(http));

    /// <summary>As the client wrote it: the path that routing works with is decoded already.</summary>
    private static string PathOf(HttpRequest http)
    {
        var target = http.HttpContext.Features.Get<IHttpRequestFeature>()?.RawTarget ?? "";
        return target.StartsWith('/') ? target.Split('?', 2)[0] : http.PathBase.Add(http.Path).ToUriComponent();
    }
}
