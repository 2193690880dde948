using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace AuthServer.Web.Tests.Chromium;

/// <summary>A site of another origin whose every page loads one script.</summary>
internal static class ScriptSite
{
    private const string Page =
        "<!doctype html><title>app</title><link rel=icon href='data:,'><body><script src=/sdk.js></script>";

    /// <param name="script">Contents of <c>/sdk.js</c>.</param>
    public static async Task<WebApplication> StartAsync(string script)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        app.Run(http =>
        {
            var isScript = http.Request.Path == "/sdk.js";
            http.Response.ContentType = isScript ? "text/javascript" : "text/html";
            return http.Response.WriteAsync(isScript ? script : Page);
        });
        await app.StartAsync();
        return app;
    }
}
