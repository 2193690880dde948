using System.Security.Cryptography;
using System.Text.Json;

namespace AuthServer.Core.Requests;

/// <summary>
/// An authorization request that its client sent ahead, RFC 9126. It is there until it is answered, however often its pages are loaded
/// meanwhile (FAPI 2.0 §5.3.2.2).
/// </summary>
public sealed class PushedRequest
{
    public const string Purpose = "pushed-request";

    /// <summary>What every reference begins with, RFC 9126 §2.2.</summary>
    public const string UriPrefix = "urn:ietf:params:oauth:request_uri:";

    /// <summary>How long the browser may take to come with the reference; <see cref="Clients.Client.PushedRequestLifetime"/> may say otherwise.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(60);

    /// <summary>Of the reference, prefix and all.</summary>
    public required byte[] Hash { get; init; }
    public required string ClientId { get; init; }

    /// <summary>A <see cref="PushedContent"/>.</summary>
    public required byte[] ContentSealed { get; init; }

    /// <summary>The end of the time in which the browser has to come; whoever came may take longer to log in.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }
}

/// <summary>What was pushed, checked already.</summary>
/// <param name="Parameters">Those of the request, without the client's authentication.</param>
/// <param name="IsSigned">They came in a signed request object.</param>
public sealed record PushedContent(IReadOnlyDictionary<string, string> Parameters, bool IsSigned)
{
    public byte[] Seal(ISecretBox box) => box.Seal(JsonSerializer.SerializeToUtf8Bytes(this), PushedRequest.Purpose);

    /// <exception cref="CryptographicException">It was sealed under another key file.</exception>
    public static PushedContent Open(PushedRequest pushed, ISecretBox box) =>
        JsonSerializer.Deserialize<PushedContent>(box.Open(pushed.ContentSealed, PushedRequest.Purpose))!;
}
