using AuthServer.Actions;

namespace AuthServer.Web.Tests.Actions;

/// <summary>Actions that want to hang the server, to break out, or to disturb the next execution.</summary>
public sealed class AttackTests(ActionPoolFixture actions) : IClassFixture<ActionPoolFixture>
{
    /// <summary>They end by themselves, having found nothing; <see cref="What_an_escape_finds_is_nothing"/>.</summary>
    private static readonly string[] Harmless =
    [
        "escape-function-constructor", "escape-host-globals", "escape-clr-names", "escape-error-from-host",
        "escape-steal-host-by-patched-json", "escape-caller-arguments", "log-flood", "native-loop-indexOf",
        "regex-bomb-2",
    ];

    public static TheoryData<string> Names => [.. ActionScripts.Attacks.Keys];

    public static TheoryData<string> Escapes => [.. ActionScripts.Attacks.Keys.Where(name => name.StartsWith("escape-", StringComparison.Ordinal))];

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
    public async Task What_an_escape_finds_is_nothing(string name)
    {
        var result = await actions.RunAsync(ActionScripts.Attacks[name]);

        var found = result.Error?.Message ?? result.Commands[result.Commands.GetArrayLength() - 1][1].GetString()!;
        Assert.DoesNotMatch("System[.,]|AuthServer|Jint|at .*\\.cs|:object", found);
        Assert.DoesNotMatch("(System|importNamespace|clr|host|lib|Deno|os|std|gc|WebAssembly):(?!undefined)", found);
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
        var result = await actions.RunAsync(
            "exports.onExecutePostLogin = async (event, api) => { api.idToken.setCustomClaim('env', Object.keys(process.env)); };");

        Assert.Equal("[]", result.Commands[0][2].GetRawText());
    }
}
