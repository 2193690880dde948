using System.Text.Json;
using AuthServer.Core.Jwt;

namespace AuthServer.Core.Federation;

/// <summary>
/// This server as a relying party: finds a provider's endpoints, and turns the code that came back into a person
/// (OpenID Connect Core §3.1.3).
/// </summary>
public sealed class OidcProviderClient(IProviderHttp http, ISecretBox box)
{
    private static readonly TimeSpan MetadataKeptFor = TimeSpan.FromHours(1);
    private static readonly TimeSpan KeysKeptFor = TimeSpan.FromMinutes(10);

    /// <returns>
    /// Null when the connection has no keys yet, and when the provider's discovery document can't be had or isn't its
    /// own.
    /// </returns>
    public async Task<ProviderMetadata?> MetadataAsync(IdentityProvider provider, CancellationToken ct)
    {
        if (!provider.Connection.HasKeys)
            return null;
        if (ProviderMetadata.OfOptions(provider) is { } known)
            return known;
        return provider.Preset.IsOpenId
            && await http.DocumentAsync(provider.DiscoveryUrl, MetadataKeptFor, ct) is { } document
                ? ProviderMetadata.Read(document, provider)
                : null;
    }

    /// <summary>
    /// Whether users can be sent to the provider, and its answers verified. Documents that are older than a minute are
    /// fetched again.
    /// </summary>
    public async Task<ProviderStatus> StatusAsync(IdentityProvider provider, CancellationToken ct)
    {
        var known = ProviderMetadata.OfOptions(provider);
        var document = known is null && provider.Preset.IsOpenId
            ? await http.DocumentAsync(provider.DiscoveryUrl, TimeSpan.Zero, ct)
            : null;
        var metadata = known ?? (document is null ? null : ProviderMetadata.Read(document, provider));
        var keys = metadata?.JwksUri is { } uri ? await http.DocumentAsync(uri, TimeSpan.Zero, ct) : null;
        return new ProviderStatus(metadata)
        {
            DiscoveryUrl = known is null && provider.Preset.IsOpenId ? provider.DiscoveryUrl : null,
            IsDiscoveryFetched = document is not null,
            DiscoveryFetchedAt = http.FetchedAt(provider.DiscoveryUrl),
            AreKeysFetched = keys is not null,
            KeysFetchedAt = metadata?.JwksUri is { } keySet ? http.FetchedAt(keySet) : null,
            Keys = keys is null ? [] : ProviderKey.OfSet(keys),
        };
    }

    /// <param name="login">Provider and purpose of the login; the response's parameters have passed
    /// <see cref="UpstreamAnswer"/>.</param>
    /// <param name="code">The provider's.</param>
    /// <param name="redirectUri">As it was sent.</param>
    /// <param name="now">The moment.</param>
    /// <param name="ct">Ends the work.</param>
    public async Task<(UpstreamUser? User, ProviderProblem? Problem)> RedeemAsync(
        ExternalLogin login,
        string code,
        string redirectUri,
        DateTimeOffset now,
        CancellationToken ct)
    {
        var (provider, metadata, attempt) = login;
        var form = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["grant_type"] = "authorization_code",
            ["code"] = code,
            ["redirect_uri"] = redirectUri,
        };
        if (provider.UsesPkce)
            form["code_verifier"] = attempt.Verifier;
        if (ProviderCredentials.Add(form, provider, metadata, box, now) is not { } request)
            return Failed(ProviderFailure.Untrusted, "the connection's secret is missing, or is not a key");
        if (await http.SendAsync(request, ct) is not { } reply)
            return Failed(ProviderFailure.Down, "the token endpoint does not answer");
        if (JsonText.Read(reply.Body) is not { ValueKind: JsonValueKind.Object } tokens)
            return Failed(ProviderFailure.Down, $"the token endpoint answered {reply.Status} and no JSON");
        if (!reply.IsSuccess || JsonText.Of(tokens, "error") is not null)
            return Failed(
                ProviderFailure.Untrusted,
                $"the token endpoint answered {reply.Status} {JsonText.Of(tokens, "error")}");

        return provider.Preset.IsOpenId
            ? await FromIdTokenAsync(login, tokens, now, ct)
            : await FromProfileAsync(login, tokens, ct);
    }

    private async Task<(UpstreamUser? User, ProviderProblem? Problem)> FromIdTokenAsync(
        ExternalLogin login, JsonElement tokens, DateTimeOffset now, CancellationToken ct)
    {
        if (JsonText.Of(tokens, "id_token") is not { } compact || UnverifiedJwt.Parse(compact) is not { } jwt)
            return Failed(ProviderFailure.Untrusted, "no ID token");
        if (!login.Provider.SigningAlgorithms.Contains(jwt.Algorithm, StringComparer.Ordinal))
            return Failed(ProviderFailure.Untrusted, "an algorithm that is not allowed");
        if (await VerifyAsync(login.Metadata.JwksUri, jwt, ct) is not { } claims)
            return Failed(ProviderFailure.Untrusted, "no key of the provider verifies the ID token");
        if (UpstreamIdToken.Problem(claims, login.Provider, login.Metadata, login.Attempt, now) is { } problem)
            return Failed(ProviderFailure.Untrusted, "ID token: " + problem);

        var subject = claims.Text("sub")!;
        if (login.Metadata.UserInfoEndpoint is null || JsonText.Of(tokens, "access_token") is null)
            return (UpstreamUser.Read(login.Provider, subject, claims.Root), null);
        if (await AskAsync(login.Metadata.UserInfoEndpoint, tokens, ct) is not { } profile)
            return Failed(ProviderFailure.Down, "the userinfo endpoint does not answer");

        // OpenID Connect Core §5.3.2: else an access token of another user would bring that user's profile.
        return JsonText.Of(profile, "sub") == subject
            ? (UpstreamUser.Read(login.Provider, subject, claims.Root, profile), null)
            : Failed(ProviderFailure.Untrusted, "userinfo has another subject");
    }

    private async Task<(UpstreamUser? User, ProviderProblem? Problem)> FromProfileAsync(
        ExternalLogin login, JsonElement tokens, CancellationToken ct)
    {
        if (JsonText.Of(tokens, "access_token") is null || login.Metadata.UserInfoEndpoint is null)
            return Failed(ProviderFailure.Untrusted, "no access token");
        if (login.Attempt.MaxAge is not null)
            return Failed(
                ProviderFailure.Untrusted,
                "max_age was asked for, and this provider never says when it authenticated anybody");
        if (await AskAsync(login.Metadata.UserInfoEndpoint, tokens, ct) is not { } profile)
            return Failed(ProviderFailure.Down, "the userinfo URL does not answer");
        if (UpstreamUser.SubjectOf(login.Provider, profile) is not { } subject)
            return Failed(ProviderFailure.Untrusted, "the profile has no usable id");

        var user = UpstreamUser.Read(login.Provider, subject, profile);
        if (login.Provider.EmailsEndpoint is null)
            return (user, null);
        return await AskAsync(login.Provider.EmailsEndpoint, tokens, ct) is { } addresses
            ? (user.WithAddressFrom(addresses), null)
            : Failed(ProviderFailure.Down, "the addresses can't be had");
    }

    /// <summary>
    /// Only the provider's own keys. They are fetched again when none of the cached ones fits: the provider may have
    /// rotated them.
    /// </summary>
    private async Task<JwtPayload?> VerifyAsync(string? jwksUri, UnverifiedJwt jwt, CancellationToken ct) =>
        jwksUri is null
            ? null
            : await VerifyAsync(jwksUri, KeysKeptFor, jwt, ct) ?? await VerifyAsync(jwksUri, TimeSpan.Zero, jwt, ct);

    private async Task<JwtPayload?> VerifyAsync(
        string jwksUri, TimeSpan maxAge, UnverifiedJwt jwt, CancellationToken ct) =>
        await http.DocumentAsync(jwksUri, maxAge, ct) is { } keys
            ? await JwtVerifier.VerifyAsync(jwt, PublicKeys.OfSet(keys, jwt))
            : null;

    private async Task<JsonElement?> AskAsync(string uri, JsonElement tokens, CancellationToken ct) =>
        await http.SendAsync(
            new ProviderRequest(uri) { Authorization = "Bearer " + JsonText.Of(tokens, "access_token") },
            ct)
            is { IsSuccess: true } reply
        && JsonText.Read(reply.Body) is { ValueKind: JsonValueKind.Object or JsonValueKind.Array } json
            ? json
            : null;

    private static (UpstreamUser? User, ProviderProblem? Problem) Failed(ProviderFailure failure, string detail) =>
        (null, new ProviderProblem(failure, detail));
}

/// <summary>External login of one browser: the provider, its endpoints, and the values agreed at its start.</summary>
public sealed record ExternalLogin(IdentityProvider Provider, ProviderMetadata Metadata, SignInAttempt Attempt);
