using System.Text.Json;
using AuthServer.Core.Clients;

namespace AuthServer.Core.Federation;

/// <summary>
/// Endpoints of a provider: from OpenID Connect Discovery §3, or from the options of a provider without such a
/// document.
/// </summary>
/// <param name="Issuer">Null for a provider that does not support OpenID Connect.</param>
/// <param name="AuthorizationEndpoint">URL that the browser is sent to.</param>
/// <param name="TokenEndpoint">URL that the code is sent to.</param>
public sealed record ProviderMetadata(string? Issuer, string AuthorizationEndpoint, string TokenEndpoint)
{
    public string? UserInfoEndpoint { get; init; }
    public string? JwksUri { get; init; }

    /// <summary>OpenID Connect RP-Initiated Logout §2.1.</summary>
    public string? EndSessionEndpoint { get; init; }

    /// <summary>RFC 9207 §3: each of its answers says from whom it is.</summary>
    public bool SaysWhoAnswers { get; init; }

    /// <summary>The options of the connection count before the document.</summary>
    /// <returns>Null when the document is invalid, names another issuer, or has an endpoint at an unsafe URL.</returns>
    public static ProviderMetadata? Read(string json, IdentityProvider provider)
    {
        if (JsonText.Read(json) is not { ValueKind: JsonValueKind.Object } root
            || JsonText.Of(root, "issuer") is not { } issuer
            || !provider.IsIssuer(issuer))
            return null;
        if ((provider.AuthorizationEndpoint ?? UrlOf(root, "authorization_endpoint")) is not { } authorization
            || (provider.TokenEndpoint ?? UrlOf(root, "token_endpoint")) is not { } token
            || (provider.JwksUri ?? UrlOf(root, "jwks_uri")) is not { } keys)
            return null;
        return new ProviderMetadata(issuer, authorization, token)
        {
            UserInfoEndpoint = provider.UserInfoEndpoint ?? UrlOf(root, "userinfo_endpoint"),
            JwksUri = keys,
            EndSessionEndpoint = UrlOf(root, "end_session_endpoint"),
            SaysWhoAnswers = JsonText.IsTrue(root, "authorization_response_iss_parameter_supported"),
        };
    }

    /// <returns>Null when the options lack an endpoint, or name a discovery document.</returns>
    public static ProviderMetadata? OfOptions(IdentityProvider provider)
    {
        if (provider.NamesDiscovery
            || provider is not { AuthorizationEndpoint: { } authorization, TokenEndpoint: { } token })
            return null;
        var metadata = new ProviderMetadata(provider.Preset.IsOpenId ? provider.Issuer : null, authorization, token)
        {
            UserInfoEndpoint = provider.UserInfoEndpoint,
            JwksUri = provider.JwksUri,
        };
        var isComplete = provider.Preset.IsOpenId
            ? metadata is { Issuer: not null, JwksUri: not null }
            : metadata.UserInfoEndpoint is not null;
        return isComplete ? metadata : null;
    }

    /// <summary>
    /// Issuer in the tokens of a tenant, for providers with one issuer per tenant; <c>tid</c> must be a GUID, so that
    /// it can't be a path.
    /// </summary>
    public string? IssuerFor(string? tenantId) =>
        Issuer is null || !Issuer.Contains(TenantPlace, StringComparison.Ordinal) ? Issuer
        : Guid.TryParseExact(tenantId, "D", out _) ? Issuer.Replace(TenantPlace, tenantId, StringComparison.Ordinal)
        : null;

    private const string TenantPlace = "{tenantid}";

    private static string? UrlOf(JsonElement root, string name) =>
        JsonText.Of(root, name) is { } url && ClientUris.WebWithoutFragment(url) is null ? url : null;
}
