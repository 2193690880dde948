using System.Security.Cryptography;
using System.Text.Json;
using AuthServer.Core.Model;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace AuthServer.Core.Requests;

/// <summary>
/// Authorization requests that their clients sent ahead, RFC 9126, stored as a <see cref="Token"/>. One is valid until
/// it is answered, however often its pages are loaded meanwhile (FAPI 2.0 §5.3.2.2).
/// </summary>
public static class PushedRequest
{
    /// <summary>Prefix of every reference, RFC 9126 §2.2.</summary>
    public const string UriPrefix = "urn:ietf:params:oauth:request_uri:";

    /// <summary>
    /// How long the browser may take to come with the reference; <see cref="Client.PushedRequestLifetime"/> may
    /// say otherwise.
    /// </summary>
    private static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(60);

    /// <summary>The reference id of the token: of what follows the prefix, as OpenIddict stores it.</summary>
    public static string ReferenceId(string requestUri) =>
        new Secret(requestUri[UriPrefix.Length..]).Hash().ReferenceId;

    /// <summary>How long the reference can be used: the client's own time, or a minute.</summary>
    public static TimeSpan LifetimeOf(Client client) =>
        client.PushedRequestLifetime is { } seconds ? TimeSpan.FromSeconds(seconds) : Lifetime;

    /// <summary>
    /// It is a pushed request of this client that was not answered, and the browser came in time. Its row may live
    /// longer, for the login that the browser began.
    /// </summary>
    public static bool IsUsable(Token token, Client client, DateTimeOffset startedAt) =>
        token is { Type: TokenTypeIdentifiers.Private.RequestToken, IsValid: true }
        && token.ApplicationId == client.Id
        && startedAt < token.CreatedAt + LifetimeOf(client);
}

/// <summary>Pushed parameters, validated already.</summary>
/// <param name="Parameters">Those of the request, without the client's authentication.</param>
/// <param name="IsSigned">They came in a signed request object.</param>
public sealed record PushedContent(IReadOnlyDictionary<string, string> Parameters, bool IsSigned)
{
    private const string Purpose = "pushed-request";

    /// <summary>The payload of the token.</summary>
    public string Encrypt(ISecretBox box) =>
        Convert.ToBase64String(box.Seal(JsonSerializer.SerializeToUtf8Bytes(this, JsonText.Relaxed), Purpose));

    /// <exception cref="CryptographicException">It was encrypted under another key file.</exception>
    public static PushedContent Decrypt(Token pushed, ISecretBox box) =>
        JsonSerializer.Deserialize<PushedContent>(box.Open(Convert.FromBase64String(pushed.Payload!), Purpose))!;
}
