using System.Globalization;

namespace AuthServer.Core.Federation;

/// <summary>Parameters of an application's request that are passed on to the identity provider.</summary>
public sealed record UpstreamWishes
{
    public static UpstreamWishes None { get; } = new();

    public string? LoginHint { get; init; }
    public string? UiLocales { get; init; }
    public string? AcrValues { get; init; }
    public long? MaxAge { get; init; }

    /// <summary>
    /// The application's own prompts; what they mean at the provider is <see cref="UpstreamRequest"/>'s to say.
    /// </summary>
    public IReadOnlyList<string> Prompts { get; init; } = [];

    /// <summary>Auth0's <c>connection_scope</c>: separated by commas or spaces.</summary>
    public string? ConnectionScope { get; init; }
}

/// <summary>
/// Authorization request to a provider: OpenID Connect Core §3.1.2.1, or RFC 6749 §4.1.1 for a provider without OpenID
/// Connect.
/// </summary>
public static class UpstreamRequest
{
    public static string UrlOf(
        IdentityProvider provider,
        ProviderMetadata metadata,
        SignInAttempt attempt,
        UpstreamWishes wishes,
        string redirectUri,
        string state)
    {
        var query = new List<(string Name, string? Value)>
        {
            ("response_type", "code"),
            ("client_id", provider.ClientId),
            ("redirect_uri", redirectUri),
            ("scope", ScopeOf(provider, wishes) is { Count: > 0 } scope ? scope.ToString() : null),
            ("state", state),
            ("response_mode", provider.PostsForm ? "form_post" : null),
        };
        if (provider.UsesPkce)
            query.AddRange([("code_challenge", attempt.Challenge), ("code_challenge_method", Pkce.Method)]);
        if (provider.Preset.IsOpenId)
        {
            var prompt = string.Join(' ', wishes.Prompts.Where(prompt => prompt is "login" or "select_account"));
            query.AddRange(
            [
                ("nonce", attempt.Nonce),
                ("prompt", prompt.Length > 0 ? prompt : null),
                ("max_age", wishes.MaxAge?.ToString(CultureInfo.InvariantCulture)),
                ("ui_locales", wishes.UiLocales),
                ("acr_values", wishes.AcrValues),
            ]);
        }

        query.Add((provider.Connection.Strategy == ProviderPreset.GitHub ? "login" : "login_hint", wishes.LoginHint));
        return Append(metadata.AuthorizationEndpoint, query);
    }

    /// <summary>
    /// RP-Initiated Logout §2: without an ID token, which is not stored; <c>client_id</c> identifies the client of
    /// <c>post_logout_redirect_uri</c>.
    /// </summary>
    public static string LogoutUrlOf(
        IdentityProvider provider, string endSessionEndpoint, string returnUri,
        string state) =>
        Append(
            endSessionEndpoint,
            [("client_id", provider.ClientId), ("post_logout_redirect_uri", returnUri), ("state", state)]);

    private static Scopes ScopeOf(IdentityProvider provider, UpstreamWishes wishes) =>
        Scopes.Parse(wishes.ConnectionScope?.Replace(',', ' ')).Succeeded(out var more, out _)
            ? provider.Scope.Union(more)
            : provider.Scope;

    private static string Append(string url, IEnumerable<(string Name, string? Value)> query) =>
        url + (url.Contains('?', StringComparison.Ordinal) ? '&' : '?') + string.Join('&', query
            .Where(pair => !string.IsNullOrEmpty(pair.Value))
            .Select(pair => $"{pair.Name}={Uri.EscapeDataString(pair.Value!)}"));
}
