using AuthServer.Core;
using AuthServer.Core.Dpop;
using AuthServer.Core.Tenants;
using Microsoft.AspNetCore.Http.Features;

namespace AuthServer.Web.Http;

/// <summary>DPoP on the wire, RFC 9449: the proof's header, the nonce's, and the challenge.</summary>
internal static class DpopHeaders
{
    public const string Proof = "DPoP";
    public const string Scheme = "DPoP ";
    private const string Nonce = "DPoP-Nonce";

    /// <summary>Null when there is no such header.</summary>
    public static SentProof? SentProof(this HttpRequest http) => http.Headers.ContainsKey(Proof) ? http.ProofOrNone() : null;

    /// <summary>For a token with the scheme DPoP, where a missing proof is an error.</summary>
    public static SentProof ProofOrNone(this HttpRequest http) => new([.. http.Headers[Proof].Select(value => value ?? "")], http.Method, PathOf(http));

    /// <summary>Whoever uses DPoP learns the nonce for the next time, with success and failure alike (RFC 9449 §8.2).</summary>
    public static void OfferNonce(this HttpContext http, Tenant tenant, DateTimeOffset now)
    {
        if (http.Request.Headers.ContainsKey(Proof))
            http.Response.Headers[Nonce] = DpopNonces.Current(tenant, now);
    }

    /// <summary>RFC 9449 §7.1.</summary>
    public static string Challenge(OAuthError error) =>
        $"DPoP error=\"{error.Code}\", error_description=\"{error.Description}\", algs=\"{string.Join(' ', DpopProof.Algorithms.Order(StringComparer.Ordinal))}\"";

    /// <summary>As the client wrote it: the path that routing works with is decoded already.</summary>
    private static string PathOf(HttpRequest http)
    {
        var target = http.HttpContext.Features.Get<IHttpRequestFeature>()?.RawTarget ?? "";
        return target.StartsWith('/') ? target.Split('?', 2)[0] : http.PathBase.Add(http.Path).ToUriComponent();
    }
}
