using Microsoft.AspNetCore;
using Microsoft.AspNetCore.Http;
using OpenIddict.Server;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace AuthServer.Protocol.Hosting;

/// <summary>
/// Leaves requests with a method that an endpoint does not serve to routing, which answers them with 405.
/// </summary>
internal sealed class SkipOtherRequests : IOpenIddictServerHandler<ProcessRequestContext>
{
    public static OpenIddictServerHandlerDescriptor Descriptor { get; } = OpenIddictServerHandlerDescriptor
        .CreateBuilder<ProcessRequestContext>()
        .UseSingletonHandler<SkipOtherRequests>()
        .SetOrder(OpenIddictServerHandlers.InferEndpointType.Descriptor.Order + 100)
        .Build();

    public ValueTask HandleAsync(ProcessRequestContext context)
    {
        if (context.EndpointType == OpenIddictServerEndpointType.Unknown || !Serves(context.EndpointType, context.Transaction.GetHttpRequest()!))
            context.SkipRequest();
        return default;
    }

    private static bool Serves(OpenIddictServerEndpointType endpoint, HttpRequest request) => endpoint switch
    {
        OpenIddictServerEndpointType.Configuration or OpenIddictServerEndpointType.JsonWebKeySet =>
            HttpMethods.IsGet(request.Method),
        OpenIddictServerEndpointType.Authorization =>
            HttpMethods.IsGet(request.Method)
            || (HttpMethods.IsPost(request.Method) && !ProtocolPaths.IsResume(request.Path)),
        OpenIddictServerEndpointType.UserInfo or OpenIddictServerEndpointType.EndSession =>
            HttpMethods.IsGet(request.Method) || HttpMethods.IsPost(request.Method),
        _ => HttpMethods.IsPost(request.Method),
    };
}
