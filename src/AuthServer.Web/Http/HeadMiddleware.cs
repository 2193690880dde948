using Microsoft.AspNetCore.Http.Features;

namespace AuthServer.Web.Http;

/// <summary>
/// Answers HEAD as GET, without the body (RFC 9110 §9.3.2): what answers one answers the other, with the same headers.
/// </summary>
internal sealed class HeadMiddleware(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext http) =>
        HttpMethods.IsHead(http.Request.Method) ? AnswerAsync(http) : next(http);

    private async Task AnswerAsync(HttpContext http)
    {
        var connection = http.Features.GetRequiredFeature<IHttpResponseBodyFeature>();
        var discarded = new StreamResponseBodyFeature(Stream.Null);
        http.Features.Set<IHttpResponseBodyFeature>(discarded);
        http.Request.Method = HttpMethods.Get;
        try
        {
            await next(http);
            await discarded.CompleteAsync();
        }
        finally
        {
            http.Request.Method = HttpMethods.Head;
            http.Features.Set(connection);
        }
    }
}
