using System.Collections.Frozen;
using AuthServer.Core.Tenants;
using Microsoft.AspNetCore;
using Microsoft.AspNetCore.Http;
using OpenIddict.Server;
using static OpenIddict.Server.OpenIddictServerEvents;
using Endpoint = OpenIddict.Server.OpenIddictServerEndpointType;

namespace AuthServer.Protocol.Hosting;

/// <summary>
/// Finds the endpoint by its path, and leaves other paths and methods to routing, which answers with 404 or 405.
/// Replaces InferEndpointType, which combines and compares some twenty URIs for each request.
/// </summary>
internal sealed class InferEndpoint(Tenant tenant) : IOpenIddictServerHandler<ProcessRequestContext>
{
    private static readonly string[] Get = [HttpMethods.Get];
    private static readonly string[] Post = [HttpMethods.Post];
    private static readonly string[] GetOrPost = [HttpMethods.Get, HttpMethods.Post];

    private static readonly FrozenDictionary<string, (Endpoint Endpoint, string[] Methods)> Endpoints =
        new Dictionary<string, (Endpoint, string[])>(StringComparer.OrdinalIgnoreCase)
        {
            ["/" + ProtocolPaths.Authorize] = (Endpoint.Authorization, GetOrPost),
            ["/" + ProtocolPaths.Resume] = (Endpoint.Authorization, Get),
            ["/" + ProtocolPaths.PushedAuthorization] = (Endpoint.PushedAuthorization, Post),
            ["/" + ProtocolPaths.Token] = (Endpoint.Token, Post),
            ["/" + ProtocolPaths.Introspection] = (Endpoint.Introspection, Post),
            ["/" + ProtocolPaths.Revocation] = (Endpoint.Revocation, Post),
            ["/" + ProtocolPaths.UserInfo] = (Endpoint.UserInfo, GetOrPost),
            ["/" + ProtocolPaths.EndSession] = (Endpoint.EndSession, GetOrPost),
            ["/" + ProtocolPaths.OpenIdConfiguration] = (Endpoint.Configuration, Get),
            ["/" + ProtocolPaths.ServerMetadata] = (Endpoint.Configuration, Get),
            ["/" + ProtocolPaths.JsonWebKeySet] = (Endpoint.JsonWebKeySet, Get),
        }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    public static OpenIddictServerHandlerDescriptor Descriptor { get; } = OpenIddictServerHandlerDescriptor
        .CreateBuilder<ProcessRequestContext>()
        .UseScopedHandler<InferEndpoint>()
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
        context.RequestUri = new Uri(tenant.Issuer.At(path));
        return default;
    }
}
