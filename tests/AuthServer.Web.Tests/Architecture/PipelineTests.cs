using AuthServer.Protocol;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using OpenIddict.Server;

namespace AuthServer.Web.Tests.Architecture;

/// <summary>An upgrade of OpenIddict that adds, removes or moves a handler is read before it is taken.</summary>
public sealed class PipelineTests(RunningServer running) : IClassFixture<RunningServer>
{
    /// <summary>Set to 1 to write the document again. The test still fails when that changed the document.</summary>
    private const string Update = "UPDATE_PIPELINE";

    private const string Fence = "```\n";

    private static readonly string Document = Path.Combine(Sources.Root, "docs", "pipeline.md");

    [Fact]
    public async Task The_order_of_handlers_is_the_documents()
    {
        // The options exist since the first request has brought the keys.
        using (var http = running.Server.NewHttp())
            await http.GetStringAsync("/.well-known/jwks.json");
        var monitor = running.Server.Services.GetRequiredService<IOptionsMonitor<OpenIddictServerOptions>>();
        var handlers = Pipeline.Print(monitor.CurrentValue).ToList();
        var document = await File.ReadAllTextAsync(Document);
        var head = document[..(document.IndexOf(Fence, StringComparison.Ordinal) + Fence.Length)];
        var current = head + string.Join('\n', handlers) + "\n```\n";
        if (Environment.GetEnvironmentVariable(Update) == "1")
            await File.WriteAllTextAsync(Document, current);

        Assert.NotEmpty(handlers);
        Assert.Equal(current, document);
    }
}
