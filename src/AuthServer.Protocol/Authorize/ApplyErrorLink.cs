using AuthServer.Protocol.Responses;
using Microsoft.AspNetCore;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using OpenIddict.Server;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace AuthServer.Protocol.Authorize;

/// <summary>
/// Shows an error on our own page, with the host of the redirect URI and a link to it: the user decides whether to
/// follow (RFC 9700 §4.11.2). A form or a message cannot be a link; the page only names the host then.
/// </summary>
internal sealed class ApplyErrorLink(IErrorPage page) : IOpenIddictServerHandler<ApplyAuthorizationResponseContext>
{
    public static OpenIddictServerHandlerDescriptor Descriptor { get; } = OpenIddictServerHandlerDescriptor
        .CreateBuilder<ApplyAuthorizationResponseContext>()
        .UseScopedHandler<ApplyErrorLink>()
        .SetOrder(ApplyWebMessageResponse.Descriptor.Order - 100)
        .Build();

    public async ValueTask HandleAsync(ApplyAuthorizationResponseContext context)
    {
        var transaction = context.Transaction;
        if (!transaction.IsLinkOnly || context.RedirectUri is not { } redirectUri)
            return;
        var http = transaction.GetHttpRequest()!.HttpContext;
        http.Response.StatusCode = StatusCodes.Status400BadRequest;
        var application = new ErrorPageApplication(redirectUri, LinkOf(context));
        await page.WriteAsync(http, transaction.Error!, application);
        context.HandleRequest();
    }

    private static string? LinkOf(ApplyAuthorizationResponseContext context)
    {
        var response = context.Response.GetParameters()
            .Select(parameter => KeyValuePair.Create(parameter.Key, (string?)parameter.Value));
        return context.ResponseMode switch
        {
            ResponseModes.Query => QueryHelpers.AddQueryString(context.RedirectUri!, response),
            ResponseModes.Fragment => context.RedirectUri + "#" + QueryHelpers.AddQueryString("", response)[1..],
            _ => null,
        };
    }
}
