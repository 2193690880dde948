using System.Collections.Frozen;
using Microsoft.AspNetCore;
using OpenIddict.Server;
using static OpenIddict.Server.OpenIddictServerEvents;
using Endpoint = OpenIddict.Server.OpenIddictServerEndpointType;

namespace AuthServer.Protocol.Hosting;

/// <summary>
/// Finds the endpoint by its path, and leaves other paths and methods to routing, which answers with 404 or 405.
/// Replaces InferEndpointType, which combines and compares some twenty URIs for each request.
/// </summary>
internal sealed class InferEndpoint : IOpenIddictServerHandler<ProcessRequestContext>
{
    private static readonly FrozenDictionary<string, (Endpoint Endpoint, string[] Methods)> Endpoints =
        new Dictionary<string, Endpoint>(StringComparer.Ordinal)
        {
            [ProtocolPaths.Authorize] = Endpoint.Authorization,
            [ProtocolPaths.Resume] = Endpoint.Authorization,
            [ProtocolPaths.Continue] = Endpoint.Authorization,
            [ProtocolPaths.PushedAuthorization] = Endpoint.PushedAuthorization,
            [ProtocolPaths.Token] = Endpoint.Token,
            [ProtocolPaths.Introspection] = Endpoint.Introspection,
            [ProtocolPaths.Revocation] = Endpoint.Revocation,
            [ProtocolPaths.UserInfo] = Endpoint.UserInfo,
            [ProtocolPaths.EndSession] = Endpoint.EndSession,
            [ProtocolPaths.OpenIdConfiguration] = Endpoint.Configuration,
            [ProtocolPaths.ServerMetadata] = Endpoint.Configuration,
            [ProtocolPaths.JsonWebKeySet] = Endpoint.JsonWebKeySet,
        }.ToFrozenDictionary(
            entry => "/" + entry.Key,
            entry => (entry.Value, ProtocolPaths.MethodsOf(entry.Key)),
            StringComparer.OrdinalIgnoreCase);

    public static OpenIddictServerHandlerDescriptor Descriptor { get; } = OpenIddictServerHandlerDescriptor
        .CreateBuilder<ProcessRequestContext>()
        .UseSingletonHandler<InferEndpoint>()
        .SetOrder(OpenIddictServerHandlers.InferEndpointType.Descriptor.Order)
        .Build();

    public ValueTask HandleAsync(ProcessRequestContext context)
    {
        var request = context.Transaction.GetHttpRequest()!;
        var path = request.Path.Value ?? "";
        if (!Endpoints.TryGetValue(path.EndsWith('/') ? path[..^1] : path, out var found)
            || !found.Methods.Contains(request.Method, StringComparer.OrdinalIgnoreCase))
        {
            context.SkipRequest();
            return default;
        }

        context.EndpointType = found.Endpoint;
        context.RequestUri = new Uri(context.Transaction.Tenant.Issuer.At(path));
        return default;
    }
}
