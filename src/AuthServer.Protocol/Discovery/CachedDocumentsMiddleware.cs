using System.Collections.Frozen;
using AuthServer.Core.Tenants;
using Microsoft.AspNetCore.Http;
using Endpoint = OpenIddict.Server.OpenIddictServerEndpointType;

namespace AuthServer.Protocol.Discovery;

/// <summary>
/// Answers with a document that was sent before, in the place of the pipeline. A path in another spelling goes through
/// the pipeline.
/// </summary>
internal sealed class CachedDocumentsMiddleware(RequestDelegate next, CachedDocuments documents)
{
    private static readonly FrozenDictionary<string, Endpoint> Paths =
        new Dictionary<string, Endpoint>(StringComparer.Ordinal)
        {
            ["/" + ProtocolPaths.OpenIdConfiguration] = Endpoint.Configuration,
            ["/" + ProtocolPaths.ServerMetadata] = Endpoint.Configuration,
            ["/" + ProtocolPaths.JsonWebKeySet] = Endpoint.JsonWebKeySet,
        }.ToFrozenDictionary(StringComparer.Ordinal);

    public Task InvokeAsync(HttpContext http, Tenant tenant)
    {
        var isDocument = Paths.TryGetValue(http.Request.Path.Value ?? "", out var endpoint);
        return isDocument && HttpMethods.IsGet(http.Request.Method) && documents.Find(tenant, endpoint) is { } body
            ? CachedDocuments.WriteAsync(http, body).AsTask()
            : next(http);
    }
}
