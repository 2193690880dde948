using AuthServer.Core;
using AuthServer.Core.Dpop;
using AuthServer.Core.Model;
using AuthServer.Core.Tenants;
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

    /// <summary>The request has an access token with the scheme DPoP.</summary>
    public static bool HasDpopToken(this HttpRequest http) =>
        http.Headers.Authorization is [{ } header] && header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase);

    /// <summary>A client that uses DPoP learns the next nonce, on success and failure alike (RFC 9449 §8.2).</summary>
    public static void OfferNonce(this HttpContext http, Tenant tenant, DateTimeOffset now)
    {
        if (http.Request.Headers.ContainsKey(ProofHeader))
            http.Response.Headers[NonceHeader] = DpopNonces.Current(tenant, now);
    }

    /// <summary>The challenge of RFC 9449 §7.1.</summary>
    public static string ChallengeFor(OAuthError error)
    {
        var algorithms = string.Join(' ', Algorithms.Accepted.Order(StringComparer.Ordinal));
        return $"DPoP error=\"{error.Code}\", error_description=\"{error.Description}\", algs=\"{algorithms}\"";
    }

    /// <summary>The proof as it was sent; null without such a header.</summary>
    public static SentProof? ReadProof(this HttpRequest http) =>
        http.Headers.ContainsKey(ProofHeader) ? http.ReadRequiredProof() : null;

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
