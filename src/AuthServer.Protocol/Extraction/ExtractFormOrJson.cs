using AuthServer.Core;
using Microsoft.AspNetCore;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using static OpenIddict.Server.AspNetCore.OpenIddictServerAspNetCoreHandlers;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace AuthServer.Protocol.Extraction;

/// <summary>
/// Reads a form or one JSON object, each parameter once. Replaces ExtractPostRequest, which reads forms only.
/// </summary>
internal sealed class ExtractFormOrJson<TContext> : IOpenIddictServerHandler<TContext>
    where TContext : BaseValidatingContext
{
    public static OpenIddictServerHandlerDescriptor Descriptor { get; } = OpenIddictServerHandlerDescriptor
        .CreateBuilder<TContext>()
        .UseSingletonHandler<ExtractFormOrJson<TContext>>()
        .SetOrder(ExtractPostRequest<TContext>.Descriptor.Order)
        .Build();

    public async ValueTask HandleAsync(TContext context)
    {
        var http = context.Transaction.GetHttpRequest()!;
        var read = await http.ReadOAuthBodyAsync(http.HttpContext.RequestAborted);
        if (read.Succeeded(out var parameters, out var malformed))
            context.Transaction.SetRequest(parameters);
        else
            context.Reject(malformed);
    }
}

/// <summary>Makes OpenIddict's request of parameters that were read.</summary>
internal static class ExtractedRequest
{
    extension(OpenIddictServerTransaction transaction)
    {
        public void SetRequest(RequestParameters parameters)
        {
            transaction.Parameters = parameters;
            var request = new OpenIddictRequest();
            foreach (var (name, value) in parameters.All)
                request.SetParameter(name, new OpenIddictParameter(value));
            transaction.Request = request;
        }
    }
}
