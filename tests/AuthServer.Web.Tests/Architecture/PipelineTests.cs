using AuthServer.Protocol;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using OpenIddict.Server;

namespace AuthServer.Web.Tests.Architecture;

/// <summary>An upgrade of OpenIddict that adds, removes or moves a handler is read before it is taken.</summary>
public sealed class PipelineTests(RunningServer running) : IClassFixture<RunningServer>
{
    /// <summary>Set to any value to write the document anew instead of comparing it.</summary>
    private const string Update = "UPDATE_PIPELINE";

    private static readonly string Document = Path.Combine(Sources.Root, "docs", "pipeline.md");

    [Fact]
    public async Task The_order_of_handlers_is_the_documents()
    {
        // The options exist since the first request has brought the keys.
        using (var http = running.Server.NewHttp())
            await http.GetStringAsync("/.well-known/jwks.json");
        var before = await File.ReadAllTextAsync(Document);
        var options = running.Server.Services.GetRequiredService<IOptionsMonitor<OpenIddictServerOptions>>().CurrentValue;
        var text = before[..(before.IndexOf("```", StringComparison.Ordinal) + 4)] + string.Join('\n', Pipeline.Print(options)) + "\n```\n";
        if (Environment.GetEnvironmentVariable(Update) is not null)
            await File.WriteAllTextAsync(Document, text);

        Assert.Equal(text, await File.ReadAllTextAsync(Document));
    }
}
