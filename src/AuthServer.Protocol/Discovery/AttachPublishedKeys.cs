using System.Buffers.Text;
using System.Security.Cryptography;
using AuthServer.Core.Model;
using AuthServer.Protocol.Keys;
using Microsoft.IdentityModel.Tokens;
using OpenIddict.Server;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace AuthServer.Protocol.Discovery;

/// <summary>
/// The tenant's keys with <c>x5c</c> and <c>x5t</c> (RFC 7517 §4.7, §4.8), RSA first and of each algorithm the current
/// one first, for clients that take a set's first key for its only one. Replaces AttachSigningKeys, whose options may
/// have another request's keys while these are rotated.
/// </summary>
internal sealed class AttachPublishedKeys : IOpenIddictServerHandler<HandleJsonWebKeySetRequestContext>
{
    public static OpenIddictServerHandlerDescriptor Descriptor { get; } = OpenIddictServerHandlerDescriptor
        .CreateBuilder<HandleJsonWebKeySetRequestContext>()
        .UseSingletonHandler<AttachPublishedKeys>()
        .SetOrder(OpenIddictServerHandlers.Discovery.AttachSigningKeys.Descriptor.Order)
        .Build();

    public ValueTask HandleAsync(HandleJsonWebKeySetRequestContext context)
    {
        context.Keys.AddRange(context.Transaction.Tenant.Keys.Published.Select(KeyOf));
        return default;
    }

    private static JsonWebKey KeyOf(SigningKey published)
    {
        var credentials = SigningKeys.CredentialsOf(published);
        var key = JsonWebKeyConverter.ConvertFromSecurityKey(credentials.Key);
        (key.Use, key.Alg, key.X5t) = ("sig", credentials.Algorithm, Thumbprint(published.Certificate));
        key.X5c.Add(Convert.ToBase64String(published.Certificate));
        return key;
    }

    /// <summary>RFC 7517 §4.8 defines it over SHA-1; it names the certificate and protects nothing.</summary>
    private static string Thumbprint(byte[] certificate) => Base64Url.EncodeToString(SHA1.HashData(certificate));
}
