using System.Runtime.CompilerServices;
using AuthServer.Core.Tenants;
using AuthServer.Protocol.Responses;
using Microsoft.AspNetCore;
using Microsoft.AspNetCore.Http;
using OpenIddict.Server;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace AuthServer.Protocol.Discovery;

/// <summary>
/// The metadata document and the key set of each tenant as they were sent. A change of settings or keys makes another
/// <see cref="Tenant"/>, and with it other documents.
/// </summary>
internal sealed class CachedDocuments
{
    private readonly ConditionalWeakTable<Tenant, Documents> documents = [];

    public byte[]? Find(Tenant tenant, OpenIddictServerEndpointType endpoint) =>
        !documents.TryGetValue(tenant, out var known) ? null : endpoint == OpenIddictServerEndpointType.JsonWebKeySet ? known.Keys : known.Metadata;

    public void Add(Tenant tenant, OpenIddictServerEndpointType endpoint, byte[] body)
    {
        var known = documents.GetOrCreateValue(tenant);
        if (endpoint == OpenIddictServerEndpointType.JsonWebKeySet)
            known.Keys = body;
        else
            known.Metadata = body;
    }

    private sealed class Documents
    {
        public byte[]? Keys { get; set; }

        public byte[]? Metadata { get; set; }
    }
}

/// <summary>Answers with a document that was sent before, without the rest of the pipeline.</summary>
internal sealed class ApplyCachedDocument(Tenant tenant, CachedDocuments documents) : IOpenIddictServerHandler<ProcessRequestContext>
{
    public static OpenIddictServerHandlerDescriptor Descriptor { get; } = OpenIddictServerHandlerDescriptor
        .CreateBuilder<ProcessRequestContext>()
        .UseScopedHandler<ApplyCachedDocument>()
        .SetOrder(OpenIddictServerHandlers.InferEndpointType.Descriptor.Order + 100)
        .Build();

    public async ValueTask HandleAsync(ProcessRequestContext context)
    {
        if (context.EndpointType is not (OpenIddictServerEndpointType.Configuration or OpenIddictServerEndpointType.JsonWebKeySet)
            || documents.Find(tenant, context.EndpointType) is not { } body)
        {
            return;
        }

        await DocumentResponse.WriteAsync(context.Transaction.GetHttpRequest()!.HttpContext, body);
        context.HandleRequest();
    }
}

/// <summary>Sends a document for the first time, and caches it.</summary>
internal sealed class ProcessDocument<TContext>(Tenant tenant, CachedDocuments documents) : IOpenIddictServerHandler<TContext>
    where TContext : BaseRequestContext
{
    public static OpenIddictServerHandlerDescriptor Descriptor { get; } = OpenIddictServerHandlerDescriptor
        .CreateBuilder<TContext>()
        .UseScopedHandler<ProcessDocument<TContext>>()
        .SetOrder(OpenIddict.Server.AspNetCore.OpenIddictServerAspNetCoreHandlers.ProcessJsonResponse<TContext>.Descriptor.Order - 500)
        .Build();

    public async ValueTask HandleAsync(TContext context)
    {
        if (context.Transaction.Response is not { Error: null } response)
            return;
        var body = ResponseJson.Write(response).WrittenSpan.ToArray();
        documents.Add(tenant, context.EndpointType, body);
        await DocumentResponse.WriteAsync(context.Transaction.GetHttpRequest()!.HttpContext, body);
        context.HandleRequest();
    }
}

/// <summary>How long a client may cache a document: short enough that a rotated key is seen well before it signs.</summary>
internal static class DocumentResponse
{
    public static async ValueTask WriteAsync(HttpContext http, byte[] body)
    {
        http.Response.Headers.CacheControl = "public, max-age=300";
        http.Response.ContentType = "application/json";
        http.Response.ContentLength = body.Length;
        await http.Response.BodyWriter.WriteAsync(body, http.RequestAborted);
    }
}
