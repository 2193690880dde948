namespace AuthServer.Core.Users;

/// <summary>A password policy in words, for the APIs; the pages have their own.</summary>
public static class PasswordPolicyText
{
    /// <summary>The rules, one a line.</summary>
    public static string Describe(PasswordPolicy policy) =>
        string.Join('\n', RulesOf(policy).Select(rule => "* " + rule));

    /// <summary>Why a password was refused.</summary>
    public static string Explain(PasswordProblem problem, PasswordPolicy policy) => problem switch
    {
        PasswordProblem.TooShort => $"Password is too short: it needs at least {policy.MinLength} characters",
        PasswordProblem.TooLong => $"Password is too long: it has more than {PasswordLogin.MaxPasswordBytes} bytes",
        PasswordProblem.Common => "Password is too common",
        PasswordProblem.Personal => "Password contains user information",
        PasswordProblem.LacksCharacters =>
            "Password is too weak: it needs a lower case letter, an upper case letter and a digit",
        PasswordProblem.LacksVariety =>
            "Password is too weak: it needs three of: lower case letters, upper case letters, digits, "
            + "special characters",
        PasswordProblem.Repeats => "Password is too weak: it has a character three times in a row",
        PasswordProblem.Reused => "Password has previously been used",
        _ => "Password is not text",
    };

    private static IEnumerable<string> RulesOf(PasswordPolicy policy)
    {
        yield return $"At least {policy.MinLength} characters in length";
        if (policy.RequiresMixedCharacters)
            yield return "A lower case letter, an upper case letter and a digit";
        if (policy.RequiresVariety)
            yield return "Three of: lower case letters, upper case letters, digits, special characters";
        if (policy.RefusesRepeats)
            yield return "No more than 2 identical characters in a row";
        if (policy.RefusesCommon)
            yield return "Not a common password";
        if (policy.RefusesPersonal)
            yield return "Not your own name or address";
        if (policy.HistorySize > 0)
            yield return $"None of the last {policy.HistorySize} passwords";
    }
}
