using System.Security.Cryptography.X509Certificates;
using AuthServer.Core;
using AuthServer.Core.Jose;
using AuthServer.Core.Model;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;
using Microsoft.IdentityModel.Tokens;
using OpenIddict.Server;
using OpenIddict.Validation;

namespace AuthServer.Protocol.Keys;

/// <summary>
/// Gives OpenIddict the tenant's published keys, and rebuilds its options when they change: after a rotation here, or
/// on another node as soon as this one has read it.
/// </summary>
public sealed class SigningKeys(ISecretBox box) :
    IConfigureOptions<OpenIddictServerOptions>,
    IOptionsChangeTokenSource<OpenIddictServerOptions>,
    IOptionsChangeTokenSource<OpenIddictValidationOptions>
{
    private const string EncryptionPurpose = "openiddict-encryption";
    private CancellationTokenSource changed = new();
    private CancellationTokenSource copied = new();
    private KeyRing? current;

    string? IOptionsChangeTokenSource<OpenIddictServerOptions>.Name => Options.DefaultName;

    string? IOptionsChangeTokenSource<OpenIddictValidationOptions>.Name => Options.DefaultName;

    IChangeToken IOptionsChangeTokenSource<OpenIddictServerOptions>.GetChangeToken() =>
        new CancellationChangeToken(Volatile.Read(ref changed).Token);

    IChangeToken IOptionsChangeTokenSource<OpenIddictValidationOptions>.GetChangeToken() =>
        new CancellationChangeToken(Volatile.Read(ref copied).Token);

    /// <summary>Notes the keys that a request was read with; does nothing when they are known.</summary>
    public void Use(KeyRing keys)
    {
        if (ReferenceEquals(Interlocked.Exchange(ref current, keys), keys))
            return;
        Notify(ref changed);

        // The validation options copy the keys of the server options, so that they are made after them.
        Notify(ref copied);
    }

    private static void Notify(ref CancellationTokenSource source)
    {
        using var old = Interlocked.Exchange(ref source, new CancellationTokenSource());
        old.Cancel();
    }

    public void Configure(OpenIddictServerOptions options)
    {
        var keys = Volatile.Read(ref current)
            ?? throw new InvalidOperationException("The signing keys were not read yet.");
        options.SigningCredentials.AddRange(keys.Published.Select(CredentialsOf));
        options.EncryptionCredentials.Add(new EncryptingCredentials(
            new SymmetricSecurityKey(box.DeriveKey(EncryptionPurpose)),
            SecurityAlgorithms.Aes256KW,
            SecurityAlgorithms.Aes256CbcHmacSha512));
    }

    /// <summary>The public half: OpenIddict verifies with it, and a <see cref="Signer"/> that is kept signs.</summary>
    internal static SigningCredentials CredentialsOf(SigningKey key)
    {
        using var certificate = X509CertificateLoader.LoadCertificate(key.Certificate);
        SecurityKey half = certificate.GetRSAPublicKey() is { } rsa
            ? new RsaSecurityKey(rsa) { KeyId = key.Kid }
            : new ECDsaSecurityKey(certificate.GetECDsaPublicKey()) { KeyId = key.Kid };
        return new SigningCredentials(half, key.Algorithm);
    }
}
