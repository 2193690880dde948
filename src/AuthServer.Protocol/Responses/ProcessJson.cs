using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using static OpenIddict.Server.AspNetCore.OpenIddictServerAspNetCoreHandlers;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace AuthServer.Protocol.Responses;

/// <summary>
/// Writes the response as JSON. Replaces ProcessJsonResponse, which logs each response, copies it through a stream and
/// names a charset that JSON does not have.
/// </summary>
internal sealed class ProcessJson<TContext> : IOpenIddictServerHandler<TContext>
    where TContext : BaseRequestContext
{
    public static OpenIddictServerHandlerDescriptor Descriptor { get; } = OpenIddictServerHandlerDescriptor
        .CreateBuilder<TContext>()
        .UseSingletonHandler<ProcessJson<TContext>>()
        .SetOrder(ProcessJsonResponse<TContext>.Descriptor.Order)
        .Build();

    public async ValueTask HandleAsync(TContext context)
    {
        var http = context.Transaction.GetHttpRequest()!.HttpContext;
        var body = ResponseJson.Write(context.Transaction.Response!);
        http.Response.ContentType = "application/json";
        http.Response.ContentLength = body.WrittenCount;
        await http.Response.BodyWriter.WriteAsync(body.WrittenMemory, http.RequestAborted);
        context.HandleRequest();
    }
}

/// <summary>A response as JSON, without escapes that JSON does not need.</summary>
internal static class ResponseJson
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static ArrayBufferWriter<byte> Write(OpenIddictResponse response)
    {
        var body = new ArrayBufferWriter<byte>(2048);
        using var json = new Utf8JsonWriter(body, Options);
        response.WriteTo(json);
        return body;
    }
}
