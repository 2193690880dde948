using AuthServer.Actions;
using AuthServer.Actions.Pool;
using AuthServer.TestKit;
using Microsoft.Extensions.Logging.Abstractions;

namespace AuthServer.Web.Tests.Actions;

/// <summary>Actions that try to hang the server, to break out, or to disturb the next execution.</summary>
public sealed class AttackTests(ActionPoolFixture actions) : IClassFixture<ActionPoolFixture>
{
    /// <summary>They end by themselves, having found nothing; <see cref="An_escape_finds_nothing"/>.</summary>
    private static readonly string[] Harmless =
    [
        "escape-function-constructor", "escape-host-globals", "escape-clr-names", "escape-error-from-host",
        "escape-steal-host-by-patched-json", "escape-modules-that-are-loaded-late", "escape-caller-arguments",
        "log-flood", "native-loop-indexOf", "regex-bomb-2",
    ];

    public static TheoryData<string> Names => [.. ActionScripts.Attacks.Keys];

    public static TheoryData<string> Escapes =>
        [.. ActionScripts.Attacks.Keys.Where(name => name.StartsWith("escape-", StringComparison.Ordinal))];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task An_attack_ends_and_the_next_login_goes_on(string name)
    {
        var failed = false;
        try
        {
            failed = (await actions.RunAsync(ActionScripts.Attacks[name])).Error is not null;
        }
        catch (ActionKilledException)
        {
            failed = true;
        }

        Assert.True(failed || Harmless.Contains(name, StringComparer.Ordinal), "The attack went unnoticed.");
        Assert.Null((await actions.RunAsync(ActionScripts.Documented)).Error);
    }

    [Theory]
    [MemberData(nameof(Escapes))]
    public async Task An_escape_finds_nothing(string name)
    {
        var result = await actions.RunAsync(ActionScripts.Attacks[name]);

        var found = result.Error?.Message ?? result.Commands[result.Commands.GetArrayLength() - 1][1].GetString()!;
        Assert.DoesNotMatch("System[.,]|AuthServer|Jint|at .*\\.cs|:object", found);
        Assert.DoesNotMatch("(System|importNamespace|clr|host|lib|Deno|os|std|gc|WebAssembly):(?!undefined)", found);
    }

    [Fact]
    public async Task A_module_that_is_loaded_late_works_although_built_in_functions_were_replaced()
    {
        var result = await actions.RunAsync(ActionScripts.Attacks["escape-modules-that-are-loaded-late"]);

        Assert.Equal("verified:1 invalid signature", result.Commands[0][1].GetString());
    }

    /// <summary>A member that the prototype of every object has is not one of the modules.</summary>
    [Fact]
    public async Task A_prototype_adds_no_modules()
    {
        var result = await actions.RunAsync(
            """
            Object.prototype.fs = 'core';
            Object.prototype.get = () => 1;
            exports.onExecutePostLogin = async (event, api) => {
              api.idToken.setCustomClaim('digest', require('crypto').createHash('sha256').update('').digest('hex'));
              require('fs');
            };
            """);

        Assert.Equal("Cannot find module 'fs'", result.Error?.Message);
        Assert.StartsWith("e3b0c442", result.Commands[0][2].GetString(), StringComparison.Ordinal);
    }

    /// <summary>Nothing in the engine interrupts it.</summary>
    [Fact]
    public async Task One_long_call_is_ended_by_killing_the_process()
    {
        var killed = await Assert.ThrowsAsync<ActionKilledException>(
            () => actions.RunAsync(ActionScripts.Attacks["native-one-call-bigint"]));

        Assert.Equal(0, killed.Index);
        Assert.Null((await actions.RunAsync(ActionScripts.Documented)).Error);
    }

    [Fact]
    public async Task Nothing_of_the_server_s_environment_reaches_a_child()
    {
        const string Name = "AUTHSERVER_TEST_OF_CHILDREN";
        Environment.SetEnvironmentVariable(Name, "secret");
        var shell = new ActionCommand(
            "/bin/sh", ["-c", $$"""[ -z "${{Name}}" ] && echo '{"isReady":true}' && exec sleep 60"""]);

        using var child = await ActionProcess.StartAsync(shell, TestContext.Current.CancellationToken);

        Assert.True(child.IsAlive);
    }

    [Fact]
    public async Task A_process_that_does_not_start_fails_the_run()
    {
        var missing = new ActionCommand("/nonexistent", []);
        using var pool = new ActionPool(missing, new ActionLimits(), actions, NullLogger<ActionPool>.Instance);

        await Assert.ThrowsAsync<ActionKilledException>(
            () => pool.RunAsync(ActionScripts.Run(ActionScripts.Documented), CancellationToken.None));

        // The one in reserve fails by itself.
        await Eventually.UntilAsync(() => pool.Alive == 0, "A process is left.");
    }
}
