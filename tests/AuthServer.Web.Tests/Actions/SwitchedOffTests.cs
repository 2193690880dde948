using System.Text.Json.Nodes;
using AuthServer.Actions.Pool;
using AuthServer.TestKit;
using AuthServer.Web.Actions;
using Microsoft.Extensions.DependencyInjection;

namespace AuthServer.Web.Tests.Actions;

/// <summary>Costs of Actions, and the deactivation of those that cost too much.</summary>
public sealed class SwitchedOffTests
{
    [Fact]
    public async Task Without_an_Action_no_process_runs()
    {
        await using var server = new TestServer();
        var client = await server.AddClientAsync();

        var issued = await new OAuth(server).GetTokensAsync(client, "openid");

        Assert.NotNull(issued["id_token"]);
        Assert.Equal(0, server.Services.GetRequiredService<ActionPool>().Alive);
    }

    [Fact]
    public async Task A_login_is_denied_while_its_Action_is_switched_off()
    {
        await using var scenario = await ActionScenario.WithAsync(cpuMilliseconds: 120);
        await scenario.BindAsync(
            "post-login",
            "exports.onExecutePostLogin = async () => console.log('first');",
            "console.log('second');" + ActionScripts.Attacks["native-one-call-bigint"]);

        for (var i = 0; i < ActionBreaker.MaxKills; i++)
        {
            var killed = await scenario.PasswordAsync();
            Assert.Contains("was stopped", killed["error_description"], StringComparison.Ordinal);
        }

        var ofKilled = await LastResultsAsync(scenario);
        var off = await scenario.PasswordAsync();
        await scenario.BindBodyAsync("post-login", "console.log('looping'); for (let i = 0; ; i++) ;");
        scenario.Server.Time.Advance(TimeSpan.FromSeconds(1));
        await scenario.PasswordAsync();
        var ofLoop = await LastResultsAsync(scenario);
        await scenario.BindBodyAsync("post-login", "api.idToken.setCustomClaim('https://x.example/a', 1);");

        Assert.Equal(
            ["first", "second", "Killed"],
            ofKilled.Select(result => (string)result["lines"]![0]!).Append((string)ofKilled[1]["error"]!["id"]!));
        Assert.Equal("looping", (string)ofLoop.Single()["lines"]![0]!);
        Assert.Equal("access_denied", off.Error);
        Assert.Contains("is switched off", off["error_description"], StringComparison.Ordinal);
        Assert.Contains("is switched off", scenario.Server.Log.ToString(), StringComparison.Ordinal);
        Assert.NotNull((await scenario.PasswordAsync())["id_token"]);
    }

    /// <summary>The results of the last execution, which show what was written to the console before its end.</summary>
    private static async Task<List<JsonNode>> LastResultsAsync(ActionScenario scenario)
    {
        var last = (await scenario.ExecutionsAsync())[^1];
        var execution = await scenario.Api.GetAsync($"actions/executions/{last.Id}");
        return [.. execution["results"]!.AsArray().OfType<JsonNode>()];
    }

    [Fact]
    public void An_Action_that_is_killed_three_times_in_a_minute_is_switched_off_for_a_while()
    {
        var time = new ManualTime();
        var breaker = new ActionBreaker(time);
        var (slow, other) = (Guid.CreateVersion7(time.GetUtcNow()), Guid.CreateVersion7(time.GetUtcNow()));

        Assert.False(breaker.NoteKill(slow));
        time.Advance(TimeSpan.FromMinutes(2));
        Assert.False(breaker.NoteKill(slow));
        Assert.False(breaker.NoteKill(slow));
        Assert.False(breaker.IsOff(slow));
        Assert.True(breaker.NoteKill(slow));

        Assert.Equal((true, false), (breaker.IsOff(slow), breaker.IsOff(other)));
        time.Advance(ActionBreaker.Pause);
        Assert.False(breaker.IsOff(slow));
    }
}
