using Microsoft.AspNetCore;
using Microsoft.Extensions.Logging;
using OpenIddict.Server;
using static OpenIddict.Server.AspNetCore.OpenIddictServerAspNetCoreHandlers;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace AuthServer.Protocol.Responses;

/// <summary>
/// Replaces OpenIddict's words by those of <see cref="ErrorTexts"/>, and logs the refusal with its detail. Nothing
/// points at OpenIddict's documentation.
/// </summary>
internal sealed partial class TranslateError<TContext>(ILogger<TranslateError<TContext>> log)
    : IOpenIddictServerHandler<TContext>
    where TContext : BaseRequestContext
{
    public static OpenIddictServerHandlerDescriptor Descriptor { get; } = OpenIddictServerHandlerDescriptor
        .CreateBuilder<TContext>()
        .UseSingletonHandler<TranslateError<TContext>>()
        .SetOrder(AttachHttpResponseCode<TContext>.Descriptor.Order - 500)
        .Build();

    public ValueTask HandleAsync(TContext context)
    {
        var response = context.Transaction.Response!;
        if (string.IsNullOrEmpty(response.Error))
            return default;
        var error = ErrorTexts.Translate(context.Transaction);
        context.Transaction.Error = error;
        (response.Error, response.ErrorDescription, response.ErrorUri) = (error.Code, error.Description, null);
        Refused(log, context.Transaction.GetHttpRequest()!.Path.Value, error.Code, error.Description, error.Detail);
        return default;
    }

    [LoggerMessage(LogLevel.Information, "Refused {Path}: {Error}, {Description} {Detail}")]
    private static partial void Refused(ILogger logger, string? path, string error, string description, string? detail);
}
