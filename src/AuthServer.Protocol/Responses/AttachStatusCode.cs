using Microsoft.AspNetCore;
using Microsoft.AspNetCore.Http;
using OpenIddict.Server;
using static OpenIddict.Server.AspNetCore.OpenIddictServerAspNetCoreHandlers;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace AuthServer.Protocol.Responses;

/// <summary>
/// The status of <see cref="ErrorStatusCodes"/>, and <c>WWW-Authenticate</c> only for a client that tried HTTP Basic:
/// openid-client turns any challenge into an error before it reads the body. Replaces AttachWwwAuthenticateHeader.
/// </summary>
internal sealed class AttachStatusCode<TContext> : IOpenIddictServerHandler<TContext>
    where TContext : BaseRequestContext
{
    public static OpenIddictServerHandlerDescriptor Descriptor { get; } = OpenIddictServerHandlerDescriptor
        .CreateBuilder<TContext>()
        .UseSingletonHandler<AttachStatusCode<TContext>>()
        .SetOrder(AttachWwwAuthenticateHeader<TContext>.Descriptor.Order)
        .Build();

    public ValueTask HandleAsync(TContext context)
    {
        if (context.Transaction.Error is not { } error)
            return default;
        var http = context.Transaction.GetHttpRequest()!;
        var status = ErrorStatusCodes.Of(error);

        // RFC 9126 §2.3: what the browser would have carried back is a 400 here.
        var isPushed = context.EndpointType == OpenIddictServerEndpointType.PushedAuthorization;
        if (isPushed && status == StatusCodes.Status403Forbidden)
            status = StatusCodes.Status400BadRequest;
        http.HttpContext.Response.StatusCode = status;
        if (status == StatusCodes.Status401Unauthorized && IsBasic(http))
            http.HttpContext.Response.Headers.WWWAuthenticate = "Basic realm=\"AuthServer\"";
        return default;
    }

    private static bool IsBasic(HttpRequest http) =>
        http.Headers.Authorization.ToString().StartsWith("Basic ", StringComparison.OrdinalIgnoreCase);
}
