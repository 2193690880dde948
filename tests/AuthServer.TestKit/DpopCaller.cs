using System.Buffers.Text;
using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using AuthServer.Core;
using AuthServer.Core.Dpop;
using AuthServer.Core.Model;
using AuthServer.Core.Tenants;
using AuthServer.Web.Tenancy;
using Microsoft.Extensions.DependencyInjection;

namespace AuthServer.TestKit;

/// <summary>A client that proves the possession of one key with every call, RFC 9449.</summary>
public sealed class DpopCaller(TestServer server, string algorithm = "ES256", JwtSigner? key = null) : IDisposable
{
    private readonly OAuth oauth = new(server);

    public JwtSigner Key { get; } = key ?? new(algorithm);

    /// <summary>The header of a proof.</summary>
    public string Header => $$"""{"typ":"dpop+jwt","alg":"{{algorithm}}","jwk":{{Key.Jwk}}}""";

    /// <summary>A proof for a call; claims (JSON) are added, replaced, or dropped when null.</summary>
    public string Proof(
        string method,
        string path,
        string? accessToken = null,
        string? nonce = null,
        string? header = null,
        params (string Claim, string? Json)[] changes)
    {
        var claims = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["jti"] = $"\"{OpaqueToken.Alphanumeric(20)}\"",
            ["htm"] = $"\"{method}\"",
            ["htu"] = JsonSerializer.Serialize(server.Issuer.At(path)),
            ["iat"] = server.Time.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture),
        };
        if (accessToken is not null)
            claims["ath"] = $"\"{Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(accessToken)))}\"";
        if (nonce is not null)
            claims["nonce"] = $"\"{nonce}\"";
        foreach (var (claim, json) in changes)
            claims[claim] = json;
        return Key.Sign(header ?? Header, claims);
    }

    /// <summary>The nonce that the server hands out now.</summary>
    public async Task<string> NonceAsync()
    {
        var tenant = await server.Services.GetRequiredService<TenantCache>().ReadAsync();
        return DpopNonces.Current(
            new Tenant(server.Issuer, tenant.Settings, tenant.Keys) { SubjectSalt = tenant.SubjectSalt },
            server.Time.GetUtcNow());
    }

    /// <summary>
    /// A form with a proof: a fresh one, with a nonce as public clients need it, or these very headers.
    /// </summary>
    public async Task<Answer> PostAsync(string path, (string Name, string? Value)[] parameters, params string[] proofs)
    {
        var form = parameters
            .Where(p => p.Value is not null)
            .ToDictionary(p => p.Name, p => p.Value!, StringComparer.Ordinal);
        var message = new HttpRequestMessage(HttpMethod.Post, path) { Content = new FormUrlEncodedContent(form) };
        foreach (var proof in proofs.Length > 0 ? proofs : [Proof("POST", path, nonce: await NonceAsync())])
            message.Headers.TryAddWithoutValidation("DPoP", proof);
        return await oauth.SendAsync(message);
    }

    public Task<Answer> TokenAsync(Client client, (string Name, string? Value)[] parameters, params string[] proofs) =>
        PostAsync(
            "/oauth/token",
            [
                ("client_id", client.ClientId),
                ("client_secret", client.IsPublic ? null : TestData.Secret),
                .. parameters,
            ],
            proofs);

    public Task<Answer> RedeemAsync(Client client, string code, params string[] proofs) =>
        TokenAsync(
            client,
            [
                ("grant_type", "authorization_code"),
                ("code", code),
                ("redirect_uri", client.Callbacks[0]),
                ("code_verifier", OAuth.Verifier),
            ],
            proofs);

    public Task<Answer> RefreshAsync(Client client, string? refreshToken, params string[] proofs) =>
        TokenAsync(client, [("grant_type", "refresh_token"), ("refresh_token", refreshToken)], proofs);

    /// <summary>Code and exchange in one.</summary>
    public async Task<Answer> GetTokensAsync(Client client, string scope, string? audience = null) =>
        await RedeemAsync(client, await oauth.CodeAsync(client, ("scope", scope), ("audience", audience)));

    /// <summary>A call of a resource with a fresh proof, or with this one; no header when it is empty.</summary>
    public Task<Answer> GetAsync(string path, string accessToken, string? proof = null, string scheme = "DPoP")
    {
        var message = new HttpRequestMessage(HttpMethod.Get, path)
        {
            Headers = { Authorization = new AuthenticationHeaderValue(scheme, accessToken) },
        };
        proof ??= Proof("GET", path.Split('?')[0], accessToken);
        if (proof.Length > 0)
            message.Headers.TryAddWithoutValidation("DPoP", proof);
        return oauth.SendAsync(message);
    }

    public void Dispose() => Key.Dispose();
}
