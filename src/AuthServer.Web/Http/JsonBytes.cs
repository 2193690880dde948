namespace AuthServer.Web.Http;

/// <summary>JSON that is written already. The framework's own result is made for files, and looks for ranges and dates first.</summary>
internal sealed class JsonBytes(ReadOnlyMemory<byte> json) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext) => WriteAsync(httpContext.Response, json);

    public static Task WriteAsync(HttpResponse response, ReadOnlyMemory<byte> json)
    {
        response.ContentType = "application/json";
        response.ContentLength = json.Length;
        return response.Body.WriteAsync(json, response.HttpContext.RequestAborted).AsTask();
    }
}
