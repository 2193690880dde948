namespace AuthServer.Faults.Races;

/// <summary>One code, RFC 6749 §4.1.2.</summary>
internal sealed class CodeRace(Person person) : IRace
{
    public static async Task<IRace> OpenAsync(Deployment deployment) =>
        new CodeRace(await Person.SignInAsync(deployment));

    public async Task<Heat> PrepareAsync()
    {
        var code = await person.CodeAsync();
        return Heat.ForTokens(_ => person.Redemption(code), "invalid_grant");
    }
}
