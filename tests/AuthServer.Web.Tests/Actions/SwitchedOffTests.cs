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
        await using var scenario = await ActionScenario.WithAsync(cpuMilliseconds: 200);
        await scenario.BindAsync("post-login", ActionScripts.Attacks["native-one-call-bigint"]);

        for (var i = 0; i < ActionBreaker.MaxKills; i++)
        {
            var killed = await scenario.PasswordAsync();
            Assert.Contains("was stopped", killed["error_description"], StringComparison.Ordinal);
        }

        var off = await scenario.PasswordAsync();
        await scenario.BindBodyAsync("post-login", "api.idToken.setCustomClaim('https://x.example/a', 1);");

        Assert.Equal("access_denied", off.Error);
        Assert.Contains("is switched off", off["error_description"], StringComparison.Ordinal);
        Assert.Contains("is switched off", scenario.Server.Log.ToString(), StringComparison.Ordinal);
        Assert.NotNull((await scenario.PasswordAsync())["id_token"]);
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
