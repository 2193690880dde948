using System.Runtime.CompilerServices;
using AuthServer.Core.Tenants;
using Microsoft.AspNetCore.Http;
using Endpoint = OpenIddict.Server.OpenIddictServerEndpointType;

namespace AuthServer.Protocol.Discovery;

/// <summary>
/// The metadata document and the key set of each tenant as they were sent. A change of settings or keys makes another
/// <see cref="Tenant"/>, and with it other documents.
/// </summary>
internal sealed class CachedDocuments
{
    private readonly ConditionalWeakTable<Tenant, Dictionary<Endpoint, byte[]>> documents = [];

    public byte[]? Find(Tenant tenant, Endpoint endpoint) =>
        documents.TryGetValue(tenant, out var cached) ? cached.GetValueOrDefault(endpoint) : null;

    /// <summary>Of two at once one may be lost; the next request adds it again.</summary>
    public void Add(Tenant tenant, Endpoint endpoint, byte[] body)
    {
        var cached = documents.TryGetValue(tenant, out var known) ? known : [];
        documents.AddOrUpdate(tenant, new Dictionary<Endpoint, byte[]>(cached) { [endpoint] = body });
    }

    /// <summary>Clients may cache it for five minutes: a rotated key is seen well before it signs.</summary>
    public static async ValueTask WriteAsync(HttpContext http, byte[] body)
    {
        http.Response.Headers.CacheControl = "public, max-age=300";
        http.Response.ContentType = "application/json";
        http.Response.ContentLength = body.Length;
        await http.Response.BodyWriter.WriteAsync(body, http.RequestAborted);
    }
}
