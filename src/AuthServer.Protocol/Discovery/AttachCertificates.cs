using System.Buffers.Text;
using System.Security.Cryptography;
using AuthServer.Core.Tenants;
using OpenIddict.Server;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace AuthServer.Protocol.Discovery;

/// <summary>
/// Adds <c>x5c</c> and <c>x5t</c> (RFC 7517 §4.7, §4.8), and orders the keys: RSA first and of each algorithm the
/// current one first, for clients that take a set's first key for its only one.
/// </summary>
internal sealed class AttachCertificates(Tenant tenant) : IOpenIddictServerHandler<HandleJsonWebKeySetRequestContext>
{
    public static OpenIddictServerHandlerDescriptor Descriptor { get; } = OpenIddictServerHandlerDescriptor
        .CreateBuilder<HandleJsonWebKeySetRequestContext>()
        .UseScopedHandler<AttachCertificates>()
        .SetOrder(OpenIddictServerHandlers.Discovery.AttachSigningKeys.Descriptor.Order + 500)
        .Build();

    public ValueTask HandleAsync(HandleJsonWebKeySetRequestContext context)
    {
        var keys = context.Keys.ToDictionary(key => key.Kid, StringComparer.Ordinal);
        context.Keys.Clear();
        foreach (var published in tenant.Keys.Published)
        {
            var key = keys[published.Kid];
            key.X5c.Add(Convert.ToBase64String(published.Certificate));
            key.X5t = Thumbprint(published.Certificate);
            context.Keys.Add(key);
        }

        return default;
    }

    /// <summary>RFC 7517 §4.8 defines it over SHA-1; it names the certificate and protects nothing.</summary>
    private static string Thumbprint(byte[] certificate) => Base64Url.EncodeToString(SHA1.HashData(certificate));
}
