using AuthServer.Core.Users;

namespace AuthServer.Core.Tests.Users;

/// <summary>ASVS 6.2, NIST SP 800-63B-4 §3.1.1.2.</summary>
public sealed class PasswordPolicyTests
{
    private static readonly PasswordContext Ada = new(
        "Acme Corp", ["Ada.Lovelace@example.com", "Ada.Lovelace", "lovelace"]);

    [Theory]
    [InlineData("correct horse battery staple")]
    [InlineData("        x")]
    [InlineData("пароль-длинный")]
    [InlineData("密码密码一二三四")]
    [InlineData("kR7qzu2m")]
    [InlineData("lovelace writes programs")]
    public void A_password_that_nobody_guesses_first_is_taken(string password) =>
        Assert.Null(PasswordPolicy.Default.Check(password, Ada));

    [Theory]
    [InlineData("kR7qzu2")]
    [InlineData("")]
    [InlineData("😀😁😂🤣😃😄😅")]
    public void Less_than_8_characters_are_too_few(string password) =>
        Assert.Equal(PasswordProblem.TooShort, PasswordPolicy.Default.Check(password, Ada));

    [Fact]
    public void A_character_outside_the_basic_plane_counts_once() =>
        Assert.Null(PasswordPolicy.Default.Check("😀😁😂🤣😃😄😅😆", Ada));

    [Fact]
    public void The_limit_is_1024_bytes()
    {
        Assert.Null(PasswordPolicy.Default.Check(new string('ä', 511) + "xy", Ada));
        Assert.Equal(PasswordProblem.TooLong, PasswordPolicy.Default.Check(new string('ä', 511) + "xyz", Ada));
    }

    [Theory]
    [InlineData("password")]
    [InlineData("PassWord1")]
    [InlineData("qwertyuiop")]
    [InlineData("iloveyou")]
    [InlineData("1q2w3e4r5t")]
    [InlineData("aaaaaaaaaaaa")]
    [InlineData("12345678")]
    [InlineData("0987654321")]
    [InlineData("abcdefgh")]
    [InlineData("HGFEDCBA")]
    public void A_common_password_or_a_trivial_pattern_is_refused(string password) =>
        Assert.Equal(PasswordProblem.Common, PasswordPolicy.Default.Check(password, Ada));

    [Theory]
    [InlineData("acme corp")]
    [InlineData("AcmeCorp123")]
    [InlineData("authserver")]
    [InlineData("AuthServer2030")]
    public void The_name_of_the_service_is_common(string password) =>
        Assert.Equal(PasswordProblem.Common, PasswordPolicy.Default.Check(password, Ada));

    [Theory]
    [InlineData("ada.lovelace@example.com")]
    [InlineData("Ada.Lovelace")]
    [InlineData("lovelace99")]
    [InlineData("2030lovelace!")]
    [InlineData("lovelace writes programs")]
    public void A_name_of_the_user_is_refused_where_the_policy_says_so(string password)
    {
        var policy = PasswordPolicy.Default with { RefusesPersonal = true };

        Assert.Null(PasswordPolicy.Default.Check(password, Ada));
        Assert.Equal(PasswordProblem.Personal, policy.Check(password, Ada));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Of_several_policies_the_strictest_rules_count_in_any_order(bool isReversed)
    {
        PasswordPolicy[] policies =
        [
            new() { MinLength = 6, RequiresVariety = true, Dictionary = ["one"], HistorySize = 3 },
            new() { MinLength = 12, RefusesCommon = false, Dictionary = ["two"], RefusesPersonal = true },
        ];

        var policy = PasswordPolicy.Strictest(isReversed ? [policies[1], policies[0]] : policies);

        Assert.Equal((12, true, true, true, 3), (
            policy.MinLength,
            policy.RequiresVariety,
            policy.RefusesCommon,
            policy.RefusesPersonal,
            policy.HistorySize));
        Assert.Equal(["one", "two"], policy.Dictionary.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void What_is_no_Unicode_is_refused() =>
        Assert.Equal(PasswordProblem.NotText, PasswordPolicy.Default.Check("long enough \ud800 but broken", Ada));
}
