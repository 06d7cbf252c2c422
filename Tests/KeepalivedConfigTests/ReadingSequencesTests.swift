import Testing

@testable import KeepalivedConfig

@Suite("Sequences and lists: ~SEQ and ~LST")
struct ReadingSequencesTests {
    @Test(
        "The rest of the line is read once for each value",
        arguments: [
            ("~SEQ(A, 3) z $A", "z 1; z 2; z 3"),
            ("~SEQ(A, -2) z $A", "z -1; z -2"),
            ("~SEQ(A, 3, 1) z $A", "z 3; z 2; z 1"),
            ("~SEQ(A,1,2,6) z $A", "z 1; z 3; z 5"),
            ("~SEQ(A,6,-2,1) z $A", "z 6; z 4; z 2"),
            ("~SEQ(A,5,5) z $A", "z 5"),
            ("~SEQ( A , 1 , 2 )z${A}", "z1; z2"),
            ("~SEQ (A,1,2) z $A", "z 1; z 2"),
            ("~SEQx(A,9,17) z $A", "z 9; z a; z b; z c; z d; z e; z f; z 10; z 11"),
            ("~SEQ(A,0x0a,0x0b) z $A", "z 10; z 11"),
            ("~SEQ(A,010,011) z $A", "z 8; z 9"),
            ("$N=2\n~SEQ(A,1,$N) z $A", "z 1; z 2"),
            ("~SEQ(A,1,2)~SEQ(B,1,$A) z ${A}${B}", "z 11; z 21; z 22"),
            ("~SEQ(A,1,2) z { a $A }", "z { a 1 }; z { a 2 }"),
            ("~SEQ(A,1,2)\nz", "z"),
            ("~SEQ(A,1,2) z\nz $A", "z; z; z 2"),
            ("z { ~SEQ(A,1,2) a $A\n}", "z { a 1; a 2 }"),
            ("z ~SEQ(A,1,2)", "z ~SEQ(A,1,2)"),
            ("~FOO(A,1,2) z", "~FOO(A,1,2) z"),
            ("~LST(A, 7, b,c) z $A", "z 7; z b; z c"),
            ("~LST(A,) z |${A}|", "z ||"),
            ("~LST({A,B}, {1,2}, {3,4}) z ${A}-${B}", "z 1-2; z 3-4"),
            ("~LST({ A , B } , { 1 , 2 }) z ${A}-${B}", "z 1-2"),
            ("~LST({A,B},{1}) z ${A}-${B}", "z 1-"),
            ("~LST(A,1,2) ~SEQ(B,1,2) z ${A}${B}", "z 11; z 12; z 21; z 22"),
            ("$B=7\n~LST(A,$B,2) z $A", "z 7; z 2"),
        ])
    func repetition(text: String, expected: String) {
        let tree = ConfigurationReader.read(text: text)
        #expect(outline(tree.statements) == expected)
        #expect(faults(tree) == [])
    }

    @Test(
        "A sequence that means nothing is an error, and its line is left out",
        arguments: [
            "~SEQ(A,1,-2,6) z", "~SEQ(A,1,0,6) z", "~SEQx(A,-1,1) z", "~SEQ(A,1,2,3,4) z", "~SEQ(A,a,2) z",
            "~SEQ(A,1,2 z", "~SEQ() z", "~SEQ(A) z", "~SEQ(1A,1,2) z", "~SEQ z", "~SEQ(A,1,9999999999) z",
        ])
    func badSequence(text: String) {
        let tree = ConfigurationReader.read(text: text + "\ny")
        #expect(outline(tree.statements) == "y")
        #expect(faults(tree) == ["1 bad-sequence"])
    }

    @Test(
        "A list that means nothing is an error, and its line is left out",
        arguments: [
            "~LST(A) z", "~LST({A,B},{1,2,3}) z", "~LST(A,{1,2}) z", "~LST(A,1,2 z", "~LST(1A,1) z", "~LST(A,{1) z",
        ])
    func badList(text: String) {
        let tree = ConfigurationReader.read(text: text + "\ny")
        #expect(outline(tree.statements) == "y")
        #expect(faults(tree) == ["1 bad-list"])
    }

    @Test("65,024 instances of one line, as the manual page has them, are read")
    func manyInstances() {
        let text = """
            $VI= \\
            vrrp_instance vrrp.${IF}.${NUM}.${ID} { \\
              virtual_router_id ${ID} \\
            }
            ~SEQ(IF,0,7) ~SEQ(NUM,0,31) ~SEQ(ID,1,20) $VI
            """
        let tree = ConfigurationReader.read(text: text)
        #expect(tree.statements.count == 8 * 32 * 20)
        #expect(tree.statements.last?.arguments.first?.text == "vrrp.7.31.20")
        #expect(faults(tree) == [])
    }
}
